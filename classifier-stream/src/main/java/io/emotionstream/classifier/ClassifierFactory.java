// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.model.EmotionClassifier;
import java.io.IOException;

/** Makes classifiers, such as {@code bundle::newClassifier}. */
@FunctionalInterface
public interface ClassifierFactory {

  /**
   * Returns a classifier that no other thread uses; the caller closes it.
   *
   * @throws IOException if the model cannot be read
   */
  EmotionClassifier newClassifier() throws IOException;
}
