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

  /** Frees the network's native memory; idempotent. */
  @Override
  void close();
}
