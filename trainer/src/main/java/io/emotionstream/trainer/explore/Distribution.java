// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.explore;

import java.util.Arrays;

/**
 * Where many numbers lie; quantiles by nearest rank.
 *
 * @param mean their mean; NaN, as all the others, if there are none
 * @param deviation standard deviation
 */
record Distribution(
    double mean,
    double deviation,
    double least,
    double percentile5,
    double median,
    double percentile95,
    double greatest) {

  static Distribution of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double mean = Arrays.stream(sorted).average().orElse(Double.NaN);
    double variance =
        Arrays.stream(sorted).map(v -> (v - mean) * (v - mean)).average().orElse(Double.NaN);
    return new Distribution(
        mean,
        Math.sqrt(variance),
        quantile(sorted, 0),
        quantile(sorted, 0.05),
        quantile(sorted, 0.5),
        quantile(sorted, 0.95),
        quantile(sorted, 1));
  }

  private static double quantile(double[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
