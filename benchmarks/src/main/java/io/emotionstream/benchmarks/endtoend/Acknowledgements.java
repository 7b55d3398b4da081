// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import java.io.IOException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Remembers the last refusal. Safe for use by several threads. */
final class Acknowledgements implements Callback {
  private volatile @Nullable Exception refusal;

  @Override
  public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
    if (exception != null) {
      refusal = exception;
    }
  }

  /**
   * Returns if nothing was refused; what was sent is to be flushed before.
   *
   * @throws IOException if something was
   */
  void check() throws IOException {
    Exception found = refusal;
    if (found != null) {
      throw new IOException("the broker refused a record: " + found.getMessage(), found);
    }
  }
}
