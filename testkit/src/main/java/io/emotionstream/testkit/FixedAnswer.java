// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import io.emotionstream.model.Emotions;
import io.emotionstream.schemas.Emotion;

/**
 * What {@link FixedAnswerClassifier} answers to a face, written into the face itself as its mean
 * gray level, which outlives every encoding and resize.
 *
 * @param code 0 to 6: that label; 7: not a number; 8: an exception
 */
record FixedAnswer(int code) {
  static final FixedAnswer NAN = new FixedAnswer(Emotions.COUNT);
  static final FixedAnswer FAILURE = new FixedAnswer(Emotions.COUNT + 1);

  /** Greatest difference between a pixel and the level that says the answer. */
  static final int NOISE = 6;

  private static final int STEP = 24;
  private static final float TOP = 0.7f;
  private static final float OTHER = (1 - TOP) / (Emotions.COUNT - 1);

  static FixedAnswer of(Emotion emotion) {
    return new FixedAnswer(emotion.ordinal());
  }

  /** Reads the answer from values in [0, 1]. */
  static FixedAnswer in(float[] face) {
    double sum = 0;
    for (float value : face) {
      sum += value;
    }
    int code = (int) (sum / face.length * 255 / STEP);
    return new FixedAnswer(Math.min(code, FAILURE.code));
  }

  /** Returns the gray level, 0 to 255, that stands for this answer. */
  int grayLevel() {
    return STEP / 2 + STEP * code;
  }

  float[] probabilities() {
    float[] probabilities = new float[Emotions.COUNT];
    for (int label = 0; label < probabilities.length; label++) {
      probabilities[label] = equals(NAN) ? Float.NaN : label == code ? TOP : OTHER;
    }
    return probabilities;
  }
}
