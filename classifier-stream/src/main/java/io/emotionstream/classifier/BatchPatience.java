// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

/**
 * How long the frames of a task wait for their batch to fill: until none has come for a fifth of
 * the latency that is allowed, or all of it has passed.
 *
 * <p>Time in which the thread was away, computing another task's batch or committing, is no time in
 * which nothing came: more frames may lie ready. So when the timer is late the thread gets one more
 * look, and the time does not count. Otherwise every commit would cut the batches of all tasks
 * short. A thread that is always away answers after {@value #AWAY_FACTOR} times the latency.
 */
final class BatchPatience {
  private static final int QUIET_SHARE = 5;
  private static final int AWAY_FACTOR = 8;

  private final long longest;
  private final long quiet;

  // In ms of the wall clock.
  private long begunAt;
  private long firstAt;
  private long lastAt;
  private boolean away;

  /**
   * Creates one for the batches of a task.
   *
   * @param longest what a frame waits at most while the thread is not away, in ms; at least 1
   */
  BatchPatience(long longest) {
    this.longest = longest;
    this.quiet = quiet(longest);
  }

  /** Returns what a frame waits while no other comes, in ms, where it waits {@code longest}. */
  static long quiet(long longest) {
    return Math.max(1, longest / QUIET_SHARE);
  }

  /** Returns what a frame waits while no other comes, in ms. */
  long quiet() {
    return quiet;
  }

  /** The first frame of a batch came. */
  void begin(long now) {
    begunAt = now;
    firstAt = now;
    added(now);
  }

  /** A frame came. */
  void added(long now) {
    lastAt = now;
    away = false;
  }

  /**
   * The timer fired.
   *
   * @param late by how many ms, because the thread was away
   * @return ms to wait on, or 0 if the batch is to be answered as it is
   */
  long fired(long now, long late) {
    if (late > quiet) {
      firstAt += late;
      if (!away) {
        away = true;
        lastAt = now;
      }
    }
    long end = Math.min(firstAt + longest, begunAt + AWAY_FACTOR * longest);
    return Math.max(0, Math.min(lastAt + quiet, end) - now);
  }
}
