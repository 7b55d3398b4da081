// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Waiting for what a broker answers. */
final class Answers {
  private Answers() {}

  /**
   * Waits for an answer.
   *
   * @throws KafkaException if it is a refusal
   */
  static void await(Future<?> answer) {
    get(answer);
  }

  /**
   * Waits for an answer and returns it.
   *
   * @throws KafkaException if it is a refusal
   */
  static <T extends @Nullable Object> T get(Future<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
  }
}
