// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.publish;

import java.util.OptionalDouble;

/**
 * Gives out turns at a steady rate to all that share it. Safe for use by several threads.
 *
 * <p>Turns lie on a fixed grid, so that small delays do not add up. Who comes later than {@value
 * #SLACK_NANOS} ns after a turn starts a new grid: what a stall has cost is not made up for by a
 * burst. Times are readings of one monotonic clock, such as {@link System#nanoTime()}.
 */
public final class Pacer {
  private static final long SLACK_NANOS = 100_000_000;

  private final double intervalNanos;
  private boolean started;
  private long origin;
  private long turns;

  /**
   * @param rate turns per second, positive; none for as many as are asked for
   */
  public Pacer(OptionalDouble rate) {
    intervalNanos = rate.isPresent() ? 1e9 / rate.getAsDouble() : 0;
  }

  /**
   * Takes the next turn.
   *
   * @param now the clock, in nanoseconds
   * @return the time of the turn on the same clock; in the past if it is overdue
   */
  public synchronized long take(long now) {
    if (intervalNanos == 0) {
      return now;
    }
    long due = origin + Math.round(turns * intervalNanos);
    if (!started || now - due > SLACK_NANOS) {
      started = true;
      origin = now;
      turns = 0;
      due = now;
    }
    turns++;
    return due;
  }
}
