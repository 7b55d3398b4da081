// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import java.time.Duration;

/**
 * Event-time windows [start, start + size) over which a camera's emotions are counted. They follow
 * one another without overlap from the epoch on: a face counts once.
 *
 * @param size length of a window; 1 ms to 7 days, whole milliseconds
 * @param grace how far a camera's clock must be past a window's end before the window is final, so
 *     that out-of-order faces still count; may be zero, at most a year; whole milliseconds
 */
public record DistributionWindow(Duration size, Duration grace) {
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
  }

  /** Returns the start of the window that holds a time, in microseconds since the epoch. */
  long startOf(long micros) {
    return micros - Math.floorMod(micros, sizeMicros());
  }

  long sizeMicros() {
    return size.toMillis() * 1000;
  }

  /** Returns whether a window that ends at {@code end} is final for a camera's clock. */
  boolean isFinal(long end, long clock) {
    return end + grace.toMillis() * 1000 <= clock;
  }

  private static boolean isWholeMillis(Duration duration) {
    return duration.toNanosPart() % 1_000_000 == 0;
  }
}
