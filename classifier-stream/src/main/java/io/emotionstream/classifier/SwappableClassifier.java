// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.model.EmotionClassifier;

/** A classifier whose model may be another one from batch to batch. */
interface SwappableClassifier extends EmotionClassifier {

  /** Takes the model that is to be used now; until the next call it stays the same. */
  void takeCurrent();
}
