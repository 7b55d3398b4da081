// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import io.emotionstream.model.Emotions;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The interval of a value that has no formula for it: the middle 95 % of what it is on resampled
 * faces (Efron and Tibshirani 1993, the percentile method).
 */
final class Bootstrap {
  static final int RESAMPLES = 2000;
  private static final long SEED = 42;

  private Bootstrap() {}

  /** Returns the interval of the macro F1; undefined without faces. */
  static Interval macroF1(Answers answers) {
    int size = answers.size();
    if (size == 0) {
      return Interval.UNDEFINED;
    }
    SplittableRandom random = new SplittableRandom(SEED);
    double[] values = new double[RESAMPLES];
    for (int resample = 0; resample < RESAMPLES; resample++) {
      long[][] counts = new long[Emotions.COUNT][Emotions.COUNT];
      for (int i = 0; i < size; i++) {
        int face = random.nextInt(size);
        counts[answers.label(face)][answers.prediction(face)]++;
      }
      values[resample] = Evaluation.of(counts).macroF1();
    }
    Arrays.sort(values);
    return new Interval(
        values[(int) (0.025 * RESAMPLES)], values[(int) Math.ceil(0.975 * RESAMPLES) - 1]);
  }
}
