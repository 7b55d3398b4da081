// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Work of one camera, done in turns by a pool that many share: no two turns at the same time, each
 * sees what the ones before wrote, and a camera with much to do lines up behind the others after
 * each turn. Safe for use by several threads.
 */
final class SerialTask {
  /** Returned by a turn that has nothing to do until it is woken. */
  static final long SLEEP = -1;

  private final ScheduledExecutorService pool;
  private final String name;
  private final Turn turn;

  /** Calls of {@link #wake} that no turn has answered yet; who makes it 1 schedules the turn. */
  private final AtomicInteger wakes = new AtomicInteger();

  /** A short piece of work. */
  @FunctionalInterface
  interface Turn {
    /**
     * Does some of the work, for some 50 ms at most.
     *
     * @return nanoseconds until the next turn, 0 for as soon as others had theirs, or {@link
     *     #SLEEP}
     */
    long run();
  }

  /**
   * @param name thread name during a turn, so that a native crash tells whose it was
   */
  SerialTask(ScheduledExecutorService pool, String name, Turn turn) {
    this.pool = pool;
    this.name = name;
    this.turn = turn;
  }

  /** Makes sure that a turn starts after this call. */
  void wake() {
    if (wakes.getAndIncrement() == 0) {
      schedule(0);
    }
  }

  private void run() {
    int seen = wakes.get();
    Thread thread = Thread.currentThread();
    String poolName = thread.getName();
    thread.setName(name);
    long next = SLEEP;
    try {
      next = turn.run();
    } finally {
      thread.setName(poolName);
      if (next >= 0) {
        schedule(next); // the wakes stay unanswered, so nobody else schedules
      } else if (wakes.addAndGet(-seen) > 0) {
        schedule(0);
      }
    }
  }

  private void schedule(long nanos) {
    try {
      pool.schedule(this::run, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The pool was shut down: there are no turns any more.
    }
  }
}
