// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.it.faults;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waiting as long as something moves, so that a slow machine is no failure. */
final class Patience {
  private static final Duration INTERVAL = Duration.ofMillis(50);

  /** To look whether something moves costs more than to look whether it is done. */
  private static final int LOOKS = 20;

  /** Longer than any recovery takes: a session, a transaction, a start on a busy machine. */
  private static final Duration STANDSTILL = Duration.ofMinutes(5);

  private int looks;
  private long seen = Long.MIN_VALUE;
  private long movedAt = System.nanoTime();

  private Patience() {}

  /**
   * Returns whether {@code done} came true before {@code progress} stood still for minutes.
   *
   * @param progress a number that moves as long as there is hope
   */
  static boolean until(Callable<Boolean> done, Callable<Long> progress) {
    Patience patience = new Patience();
    boolean[] came = new boolean[1];
    await()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(INTERVAL)
        .atMost(1, TimeUnit.HOURS) // the test's own limit is shorter
        .until(
            () -> {
              came[0] = done.call();
              return came[0] || patience.isOver(progress);
            });
    return came[0];
  }

  private boolean isOver(Callable<Long> progress) throws Exception {
    if (looks++ % LOOKS == 0) {
      long now = progress.call();
      if (now != seen) {
        seen = now;
        movedAt = System.nanoTime();
      }
    }
    return System.nanoTime() - movedAt > STANDSTILL.toNanos();
  }
}
