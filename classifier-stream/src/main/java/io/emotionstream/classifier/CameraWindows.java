// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.schemas.EmotionEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One camera's clock and open windows, in microseconds since the epoch.
 *
 * <p>The clock is the camera's own high-water mark: the latest capture time or heartbeat seen. It
 * alone decides which of the camera's windows are final. A window that was closed never opens
 * again. Mutable; for one thread.
 */
final class CameraWindows {
  private static final long NEVER = Long.MIN_VALUE;
  private static final Comparator<OpenWindow> BY_END =
      Comparator.<OpenWindow>comparingLong(window -> window.end)
          .thenComparingLong(window -> window.start);

  private long clock;
  private long closedThrough;
  private final List<OpenWindow> open;

  CameraWindows() {
    this(NEVER, NEVER, List.of());
  }

  /**
   * @param clock high-water mark
   * @param closedThrough end of the last window that was closed
   */
  CameraWindows(long clock, long closedThrough, List<OpenWindow> open) {
    this.clock = clock;
    this.closedThrough = closedThrough;
    this.open = new ArrayList<>(open);
  }

  long clock() {
    return clock;
  }

  long closedThrough() {
    return closedThrough;
  }

  List<OpenWindow> open() {
    return List.copyOf(open);
  }

  /** Counts {@code face} and moves the clock; false, and nothing done, if its window was final. */
  boolean add(EmotionEvent face, DistributionWindow window) {
    long capturedAt = Micros.of(face.getCapturedAt());
    long start = window.startOf(capturedAt);
    long end = start + window.sizeMicros();
    if (end <= closedThrough || window.isFinal(end, clock)) {
      return false;
    }
    openWindow(start, end).add(face);
    observe(capturedAt);
    return true;
  }

  /** Moves the clock forward to {@code time}; an earlier time changes nothing. */
  void observe(long time) {
    clock = Math.max(clock, time);
  }

  /** Removes and returns the windows that are final by the clock, the earliest first. */
  List<OpenWindow> closeFinal(DistributionWindow window) {
    return close(candidate -> window.isFinal(candidate.end, clock));
  }

  /** Removes and returns every open window, the earliest first; the clock stands. */
  List<OpenWindow> closeAll() {
    return close(candidate -> true);
  }

  private List<OpenWindow> close(Predicate<OpenWindow> isFinal) {
    List<OpenWindow> closed = open.stream().filter(isFinal).sorted(BY_END).toList();
    open.removeAll(closed);
    for (OpenWindow window : closed) {
      closedThrough = Math.max(closedThrough, window.end);
    }
    return closed;
  }

  private OpenWindow openWindow(long start, long end) {
    Optional<OpenWindow> found =
        open.stream().filter(window -> window.start == start && window.end == end).findFirst();
    return found.orElseGet(
        () -> {
          OpenWindow added = new OpenWindow(start, end);
          open.add(added);
          return added;
        });
  }
}
