// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

/**
 * How long the frames of a task wait for their batch to fill: until none has come for a fifth of
 * the latency that is allowed, or all of it has passed.
 *
 * <p>A timer that is late says that the thread was away, computing another task's batch or
 * committing, and more frames may lie ready. Then the thread looks for some, and once more as long
 * as it finds any: in a millisecond it reads what lies ready, so under load the batch fills.
 * Otherwise every commit would cut the batches of all tasks short. A thread that always finds more
 * answers after {@value #LOOKING_FACTOR} times the latency.
 */
final class BatchPatience {
  private static final int QUIET_SHARE = 5;
  private static final int LOOKING_FACTOR = 8;
  private static final long LOOK = 1;

  private final long longest;
  private final long quiet;

  // In ms of the wall clock.
  private long firstAt;
  private long lastAt;
  private boolean looking;
  private boolean found;

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
    firstAt = now;
    looking = false;
    added(now);
  }

  /** A frame came. */
  void added(long now) {
    lastAt = now;
    found = true;
  }

  /**
   * The timer fired.
   *
   * @param late by how many ms, because the thread was away
   * @return ms to wait on, or 0 if the batch is to be answered as it is
   */
  long fired(long now, long late) {
    long left = Math.min(firstAt + longest, lastAt + quiet) - now;
    if (left > 0 && !looking) {
      return left;
    }
    boolean more = looking ? found : late > quiet;
    if (!more || now >= firstAt + LOOKING_FACTOR * longest) {
      return 0;
    }
    looking = true;
    found = false;
    return LOOK;
  }
}
