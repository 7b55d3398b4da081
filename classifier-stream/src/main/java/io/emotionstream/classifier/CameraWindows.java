// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import java.util.ArrayList;
import java.util.List;

/**
 * One camera's clock and how far its windows are, in microseconds since the epoch. Small, for it is
 * written at every record; what the windows hold is in {@link PaneStore}.
 *
 * <p>The clock is the camera's own high-water mark: the latest capture time or heartbeat seen.
 * Mutable; for one thread.
 */
final class CameraWindows {
  private long clock;
  private final List<WindowProgress> kinds;
  private final List<WindowOf01> legacy;
  private final long legacyClosedThrough;

  CameraWindows() {
    this(WindowProgress.NEVER, List.of());
  }

  /**
   * @param clock high-water mark
   * @param kinds in the order in which their windows are written
   */
  CameraWindows(long clock, List<WindowProgress> kinds) {
    this(clock, kinds, List.of(), WindowProgress.NEVER);
  }

  /**
   * @param legacy open windows that release 0.1 kept here
   * @param legacyClosedThrough end of the last window that release 0.1 closed
   */
  CameraWindows(
      long clock, List<WindowProgress> kinds, List<WindowOf01> legacy, long legacyClosedThrough) {
    this.clock = clock;
    this.kinds = new ArrayList<>(kinds);
    this.legacy = new ArrayList<>(legacy);
    this.legacyClosedThrough = legacyClosedThrough;
  }

  long clock() {
    return clock;
  }

  List<WindowProgress> kinds() {
    return kinds;
  }

  List<WindowOf01> legacy() {
    return legacy;
  }

  /** Returns whether no window is open. */
  boolean isEmpty() {
    return kinds.stream().allMatch(WindowProgress::isEmpty) && legacy.isEmpty();
  }

  /** Moves the clock forward to {@code time}; an earlier time changes nothing. */
  void observe(long time) {
    clock = Math.max(clock, time);
  }

  /**
   * Brings the kinds of windows in line with the configuration, whose grace holds from now on. New
   * kinds start at the clock; kinds that are configured no more stay, behind the others, until
   * their last open window is final.
   */
  void configure(List<DistributionWindow> windows) {
    if (isConfigured(windows)) {
      return;
    }
    List<WindowProgress> before = new ArrayList<>(kinds);
    kinds.clear();
    for (DistributionWindow window : windows) {
      WindowProgress kind =
          before.stream()
              .filter(known -> known.isOf(window))
              .findFirst()
              .orElseGet(() -> new WindowProgress(window));
      before.remove(kind);
      kind.grace = window.graceMicros();
      kind.passThrough(legacyClosedThrough);
      if (kind.isEmpty()) {
        kind.pass(clock);
      }
      kinds.add(kind);
    }
    before.stream().filter(kind -> !kind.isEmpty()).forEach(kinds::add);
  }

  /** Returns the kinds that faces are counted in: those that are configured, which come first. */
  List<WindowProgress> configured(List<DistributionWindow> windows) {
    return kinds.subList(0, windows.size());
  }

  private boolean isConfigured(List<DistributionWindow> windows) {
    if (kinds.size() < windows.size()) {
      return false;
    }
    for (int i = 0; i < windows.size(); i++) {
      if (!kinds.get(i).isOf(windows.get(i))
          || kinds.get(i).grace != windows.get(i).graceMicros()) {
        return false;
      }
    }
    return kinds.stream().skip(windows.size()).noneMatch(WindowProgress::isEmpty);
  }
}
