// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether answers are right as often as they say: faces in {@value #BINS} bins of equal width by
 * the probability of their top-1 class (Guo et al. 2017, "On Calibration of Modern Neural
 * Networks").
 *
 * @param bins from the least probability to the greatest, empty ones too
 */
public record Reliability(List<Bin> bins) {
  /** Number of bins. */
  public static final int BINS = 15;

  /**
   * Faces whose answers are about as sure.
   *
   * @param low least probability, left out but for 0
   * @param high greatest probability
   * @param count faces
   * @param confidence mean probability of the top-1 class; NaN without faces
   * @param accuracy share of right answers; NaN without faces
   */
  public record Bin(double low, double high, long count, double confidence, double accuracy) {}

  public Reliability {
    bins = List.copyOf(bins);
  }

  /** Sorts answers into bins. */
  public static Reliability of(Answers answers) {
    long[] counts = new long[BINS];
    long[] right = new long[BINS];
    double[] confidence = new double[BINS];
    for (int i = 0; i < answers.size(); i++) {
      int bin = Math.max(0, (int) Math.ceil(answers.confidence(i) * BINS) - 1);
      bin = Math.min(bin, BINS - 1);
      counts[bin]++;
      confidence[bin] += answers.confidence(i);
      right[bin] += answers.isRight(i) ? 1 : 0;
    }
    List<Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      bins.add(
          new Bin(
              (double) bin / BINS,
              (bin + 1.0) / BINS,
              counts[bin],
              confidence[bin] / counts[bin],
              (double) right[bin] / counts[bin]));
    }
    return new Reliability(bins);
  }

  /**
   * Returns the expected calibration error: the mean distance of confidence and accuracy over the
   * faces, in [0, 1]; NaN without faces.
   */
  public double expectedCalibrationError() {
    double sum = 0;
    long faces = 0;
    for (Bin bin : bins) {
      faces += bin.count();
      sum += bin.count() == 0 ? 0 : bin.count() * Math.abs(bin.accuracy() - bin.confidence());
    }
    return sum / faces;
  }
}
