// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.chart;

/** Counts of values in bins of equal width. */
final class Bins {
  private Bins() {}

  /**
   * Returns how many values lie in each bin {@code [lower, upper)}, the last one with its upper
   * end; values outside {@code [from, to]} and NaN are not counted.
   */
  static double[] count(double[] values, int bins, double from, double to) {
    if (bins < 1 || !(from < to)) {
      throw new IllegalArgumentException(
          "a histogram needs bins between two ends, got %d from %s to %s"
              .formatted(bins, from, to));
    }
    double[] counts = new double[bins];
    for (double value : values) {
      if (value >= from && value <= to) {
        counts[Math.min(bins - 1, (int) ((value - from) / (to - from) * bins))]++;
      }
    }
    return counts;
  }
}
