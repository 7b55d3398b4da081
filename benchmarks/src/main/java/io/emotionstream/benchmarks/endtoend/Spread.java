// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import java.util.Collection;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Median and range of repeated measurements. */
record Spread(double median, double min, double max, int runs) {

  /**
   * Returns the spread of {@code values}; the median of an even number is the middle two's mean.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Spread of(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no measurement to take the median of");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int runs = sorted.length;
    double median = (sorted[(runs - 1) / 2] + sorted[runs / 2]) / 2;
    return new Spread(median, sorted[0], sorted[runs - 1], runs);
  }

  static <T> Spread of(Collection<T> runs, ToDoubleFunction<T> value) {
    return of(runs.stream().map(value::applyAsDouble).toList());
  }

  /** Returns the median and, of several runs, the range, with so many decimals. */
  String text(int decimals) {
    String number = "%,." + decimals + "f";
    return runs == 1
        ? String.format(Locale.ROOT, number, median)
        : String.format(
            Locale.ROOT, number + " (" + number + " to " + number + ")", median, min, max);
  }
}
