// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

/**
 * Where a measured value may lie, with 95 % confidence; NaN at both ends if nothing was measured.
 *
 * @param low lower end
 * @param high upper end
 */
public record Interval(double low, double high) {
  static final Interval UNDEFINED = new Interval(Double.NaN, Double.NaN);

  /** Quantile 0.975 of the standard normal distribution. */
  static final double Z = 1.959963984540054;

  /**
   * Returns the interval of a share: Wilson 1927, "Probable inference, the law of succession, and
   * statistical inference".
   *
   * @param successes between 0 and {@code trials}
   */
  public static Interval wilson(long successes, long trials) {
    if (successes < 0 || successes > trials) {
      throw new IllegalArgumentException(successes + " successes in " + trials + " trials");
    }
    if (trials == 0) {
      return UNDEFINED;
    }
    double share = (double) successes / trials;
    double square = Z * Z / trials;
    double middle = (share + square / 2) / (1 + square);
    double half =
        Z * Math.sqrt(share * (1 - share) / trials + square / (4 * trials)) / (1 + square);
    return new Interval(Math.max(0, middle - half), Math.min(1, middle + half));
  }

  /** Returns half the distance of the ends. */
  public double halfWidth() {
    return (high - low) / 2;
  }
}
