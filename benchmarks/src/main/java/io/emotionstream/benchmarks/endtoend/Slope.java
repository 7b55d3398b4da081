// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Slope of the straight line that fits points best, by least squares. */
final class Slope {
  private Slope() {}

  /** Returns y per x; zero where all x are alike. */
  static <T> double of(List<T> points, ToDoubleFunction<T> x, ToDoubleFunction<T> y) {
    double meanX = points.stream().mapToDouble(x).average().orElse(0);
    double meanY = points.stream().mapToDouble(y).average().orElse(0);
    double covariance = 0;
    double variance = 0;
    for (T point : points) {
      double dx = x.applyAsDouble(point) - meanX;
      covariance += dx * (y.applyAsDouble(point) - meanY);
      variance += dx * dx;
    }
    return variance == 0 ? 0 : covariance / variance;
  }
}
