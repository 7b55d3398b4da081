// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

/**
 * The epoch with the highest validation accuracy; the earlier one wins a tie.
 *
 * @param epoch its number, the first is 1; 0 before the first
 * @param accuracy its validation accuracy, in [0, 1]
 */
record BestEpoch(int epoch, double accuracy) {
  static final BestEpoch NONE = new BestEpoch(0, -1);

  boolean isBeatenBy(double otherAccuracy) {
    return otherAccuracy > accuracy;
  }
}
