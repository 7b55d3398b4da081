// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.model.Emotions;
import java.util.Arrays;

/** Answers the same for each face, at no cost: what is left is the pipeline. */
final class NoNetwork implements EmotionClassifier {
  @Override
  public String modelId() {
    return "none";
  }

  @Override
  public float[][] classify(float[][] faces) {
    float[][] answers = new float[faces.length][Emotions.COUNT];
    for (float[] answer : answers) {
      Arrays.fill(answer, 1f / Emotions.COUNT);
    }
    return answers;
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
