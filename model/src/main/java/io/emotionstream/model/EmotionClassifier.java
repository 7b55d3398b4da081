// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

/**
 * A batch of faces in, a batch of probability vectors out.
 *
 * <p>Not safe for use by several threads, for DL4J networks are not: make one for each thread.
 */
public interface EmotionClassifier extends AutoCloseable {

  /** Returns the id of the model bundle behind this classifier. */
  String modelId();

  /**
   * Classifies faces together, which costs far less than one by one.
   *
   * @param faces normalized faces as {@link FaceNormalizer} makes them, {@value
   *     FaceNormalizer#PIXELS} values each; at least one
   * @return for each face, in order, seven probabilities in label order, calibrated if the bundle
   *     is (see {@link ModelBundle#newClassifier})
   * @throws IllegalArgumentException if a face has another number of values
   */
  float[][] classify(float[][] faces);

  /** Returns what computes, in words, for the log. */
  default String engine() {
    return getClass().getSimpleName();
  }

  /**
   * Makes ready for batches of up to {@code maxBatch} faces, so that the first are as fast as the
   * others: engines prepare themselves for each size anew.
   */
  default void warmUp(int maxBatch) {
    for (int round = 0; round < 3; round++) {
      for (int size = 1; size < maxBatch; size *= 2) {
        classify(new float[size][FaceNormalizer.PIXELS]);
      }
      classify(new float[maxBatch][FaceNormalizer.PIXELS]);
    }
  }

  /** Frees the network's native memory; idempotent. */
  @Override
  void close();
}
