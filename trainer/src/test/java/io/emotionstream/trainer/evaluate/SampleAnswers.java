// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import io.emotionstream.model.Emotions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Answers made for tests. */
final class SampleAnswers {
  private final List<float[]> probabilities = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();

  /** Adds a face that is answered with {@code prediction}, as sure as told, the rest shared out. */
  SampleAnswers add(int label, int prediction, double confidence) {
    float[] answer = new float[Emotions.COUNT];
    Arrays.fill(answer, (float) ((1 - confidence) / (Emotions.COUNT - 1)));
    answer[prediction] = (float) confidence;
    probabilities.add(answer);
    labels.add(label);
    return this;
  }

  Answers build() {
    return Answers.of(
        labels.stream().mapToInt(Integer::intValue).toArray(),
        probabilities.toArray(float[][]::new));
  }

  /**
   * Returns answers whose logits are {@code temperature} times what they should be: the labels are
   * drawn from the softmax of the logits divided by it.
   */
  static Answers overconfident(int faces, double temperature, long seed) {
    Random random = new Random(seed);
    float[][] answers = new float[faces][];
    int[] labels = new int[faces];
    for (int i = 0; i < faces; i++) {
      double[] logits = new double[Emotions.COUNT];
      for (int c = 0; c < logits.length; c++) {
        logits[c] = 1.5 * random.nextGaussian();
      }
      labels[i] = draw(softmax(logits, 1), random);
      answers[i] = softmax(logits, temperature);
    }
    return Answers.of(labels, answers);
  }

  private static float[] softmax(double[] logits, double factor) {
    double sum = Arrays.stream(logits).map(logit -> Math.exp(factor * logit)).sum();
    float[] probabilities = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = (float) (Math.exp(factor * logits[i]) / sum);
    }
    return probabilities;
  }

  private static int draw(float[] probabilities, Random random) {
    double left = random.nextDouble();
    for (int i = 0; i < probabilities.length; i++) {
      left -= probabilities[i];
      if (left < 0) {
        return i;
      }
    }
    return probabilities.length - 1;
  }
}
