// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Waiting for what a broker answers. */
final class Answers {
  private Answers() {}

  /**
   * Waits for an answer.
   *
   * @throws KafkaException if it is a refusal
   */
  static void await(Future<?> answer) {
    try {
      answer.get();
    } catch (ExecutionException e) {
      throw new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
  }
}
