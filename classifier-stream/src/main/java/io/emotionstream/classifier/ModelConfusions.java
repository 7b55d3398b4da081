// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.model.Calibration;
import io.emotionstream.model.Emotions;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How each model that counts in some window confuses the classes, kept in a state store: a window
 * may become final when its model is no longer loaded. For one thread.
 */
final class ModelConfusions {
  private static final int VERSION = 1;

  private final KeyValueStore<String, byte[]> store;
  private final Function<String, Optional<Calibration>> loaded;
  private final Set<String> learnt = new HashSet<>();

  /**
   * @param loaded calibration of a model, by its id, that is loaded now
   */
  ModelConfusions(
      KeyValueStore<String, byte[]> store, Function<String, Optional<Calibration>> loaded) {
    this.store = store;
    this.loaded = loaded;
  }

  /** Keeps what is known of a model that has just classified. */
  void learn(String modelId) {
    if (learnt.add(modelId) && store.get(modelId) == null) {
      loaded
          .apply(modelId)
          .ifPresent(calibration -> store.put(modelId, encode(calibration.confusionMatrix())));
    }
  }

  /** Returns a model's confusion: rows truth, columns prediction; empty if it was not measured. */
  Optional<long[][]> of(String modelId) {
    return Optional.ofNullable(store.get(modelId)).flatMap(ModelConfusions::decode);
  }

  private static byte[] encode(long[][] confusion) {
    ByteBuffer bytes = ByteBuffer.allocate(1 + Emotions.COUNT * Emotions.COUNT * Long.BYTES);
    bytes.put((byte) VERSION);
    for (long[] row : confusion) {
      for (long count : row) {
        bytes.putLong(count);
      }
    }
    return bytes.array();
  }

  /** What a later release wrote, or damage, is as if it had not been measured. */
  private static Optional<long[][]> decode(byte[] encoded) {
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    int expected = 1 + Emotions.COUNT * Emotions.COUNT * Long.BYTES;
    if (encoded.length != expected || bytes.get() != VERSION) {
      return Optional.empty();
    }
    long[][] confusion = new long[Emotions.COUNT][Emotions.COUNT];
    for (long[] row : confusion) {
      for (int i = 0; i < row.length; i++) {
        row[i] = bytes.getLong();
      }
    }
    return Optional.of(confusion);
  }
}
