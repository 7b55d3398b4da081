// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.explore;

import io.emotionstream.model.EmotionClassifier;

/** Takes dark faces for happy ones and is sure of it, and bright faces too, but is not sure. */
final class HappyInTheDark implements EmotionClassifier {
  static final String MODEL_ID = "da4bda4bda4b";
  static final float SURE = 0.94f;
  static final float UNSURE = 0.4f;

  @Override
  public String modelId() {
    return MODEL_ID;
  }

  @Override
  public float[][] classify(float[][] faces) {
    float[][] answers = new float[faces.length][];
    for (int i = 0; i < faces.length; i++) {
      double sum = 0;
      for (float value : faces[i]) {
        sum += value;
      }
      float happy = sum < faces[i].length / 2.0 ? SURE : UNSURE;
      float rest = (1 - happy) / 6;
      answers[i] = new float[] {rest, rest, rest, happy, rest, rest, rest};
    }
    return answers;
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
