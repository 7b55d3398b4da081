// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

/**
 * The best epoch so far; the earlier one wins a tie.
 *
 * @param epoch its number, the first is 1; 0 before the first
 * @param merit greater for a better epoch, see {@link Stopping.Measure}
 */
record BestEpoch(int epoch, double merit) {
  static final BestEpoch NONE = new BestEpoch(0, Double.NEGATIVE_INFINITY);

  boolean isBeatenBy(double otherMerit) {
    return otherMerit > merit;
  }
}
