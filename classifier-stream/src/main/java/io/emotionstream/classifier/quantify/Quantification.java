// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier.quantify;

/**
 * Estimated shares of the true classes, each with a central {@value #PERCENT} % interval, in label
 * order; the shares sum to 1.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Quantification(double[] shares, double[] lows, double[] highs) {
  /** How probable it is that a share lies in its interval, in percent. */
  public static final int PERCENT = 90;

  /** Returns the estimated share of a class, in [0, 1]. */
  public double share(int label) {
    return shares[label];
  }

  /** Returns the lower end of its interval. */
  public double low(int label) {
    return lows[label];
  }

  /** Returns the upper end of its interval. */
  public double high(int label) {
    return highs[label];
  }
}
