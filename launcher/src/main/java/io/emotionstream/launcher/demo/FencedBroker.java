// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher.demo;

import java.time.Duration;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;

/**
 * What to do while the only broker is fenced: on a machine under load its controller misses signs
 * of life for moments, and then says that there is no broker to put a topic on.
 */
final class FencedBroker {
  private FencedBroker() {}

  /**
   * Does {@code work} again after each pause until it is not refused for lack of a broker.
   *
   * @throws InvalidReplicationFactorException if it still is after {@code patience}
   */
  static void outwait(Runnable work, Duration patience, Duration pause)
      throws InterruptedException {
    long start = System.nanoTime();
    while (true) {
      try {
        work.run();
        return;
      } catch (InvalidReplicationFactorException e) {
        if (System.nanoTime() - start >= patience.toNanos()) {
          throw e;
        }
        Thread.sleep(pause.toMillis());
      }
    }
  }
}
