// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import java.time.Duration;

/**
 * Event-time windows [start, start + size) over which a camera's emotions are counted, one starting
 * every {@code advance} from the epoch on. A face is in size / advance of them: in one where they
 * follow one another (tumbling), in several where they overlap (hopping).
 *
 * @param size length of a window; 1 ms to 7 days, whole milliseconds
 * @param advance distance between the starts of windows; the size or a whole fraction of it
 * @param grace how far a camera's clock must be past a window's end before the window is final, so
 *     that out-of-order faces still count; may be zero, at most a year, and no more than {@value
 *     #MAX_PANES} advances together with the size, for so much is kept of a camera; whole
 *     milliseconds
 */
public record DistributionWindow(Duration size, Duration advance, Duration grace) {
  /** Most advances of a camera that are kept at a time. */
  static final int MAX_PANES = 10_000;

  /** A window may close long before its end; topics refuse ends too far ahead of the clock. */
  private static final Duration MAX_SIZE = Duration.ofDays(7);

  private static final Duration MAX_GRACE = Duration.ofDays(366);

  public DistributionWindow {
    Require.that(
        size.compareTo(Duration.ZERO) > 0 && size.compareTo(MAX_SIZE) <= 0,
        "window size must be positive and at most 7 days, was " + size);
    Require.that(
        !grace.isNegative() && grace.compareTo(MAX_GRACE) <= 0,
        "window grace must not be negative and at most a year, was " + grace);
    Require.that(
        isWholeMillis(size) && isWholeMillis(grace),
        "window size and grace must be whole milliseconds, were " + size + " and " + grace);
    Require.that(
        advance.compareTo(Duration.ZERO) > 0 && isWholeMillis(advance),
        "window advance must be positive and whole milliseconds, was " + advance);
    Require.that(
        advance.compareTo(size) <= 0 && size.toMillis() % advance.toMillis() == 0,
        "window advance must be the size or a whole fraction of it, so that every face is in the"
            + " same number of windows; size %s, advance %s".formatted(size, advance));
    long panes = (size.toMillis() + grace.toMillis()) / advance.toMillis();
    Require.that(
        panes <= MAX_PANES,
        "window size and grace must be at most %d advances, for that much is kept of each camera;"
                .formatted(MAX_PANES)
            + " size %s, advance %s, grace %s are %d".formatted(size, advance, grace, panes));
  }

  /** Windows that follow one another without overlap: a face counts once. */
  public DistributionWindow(Duration size, Duration grace) {
    this(size, size, grace);
  }

  /** Returns in how many windows a face is. */
  public int windowsOfAFace() {
    return (int) (size.toMillis() / advance.toMillis());
  }

  /** Returns whether windows of the other kind have the same size and advance. */
  boolean isSameKind(DistributionWindow other) {
    return size.equals(other.size) && advance.equals(other.advance);
  }

  /** Returns the start of the latest window that holds a time, in microseconds since the epoch. */
  long startOf(long micros) {
    return micros - Math.floorMod(micros, advanceMicros());
  }

  long sizeMicros() {
    return size.toMillis() * 1000;
  }

  long advanceMicros() {
    return advance.toMillis() * 1000;
  }

  long graceMicros() {
    return grace.toMillis() * 1000;
  }

  private static boolean isWholeMillis(Duration duration) {
    return duration.toNanosPart() % 1_000_000 == 0;
  }
}
