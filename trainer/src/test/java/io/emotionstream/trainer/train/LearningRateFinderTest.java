// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LearningRateFinderTest {
  @Test
  void findsWhereTheLossFallsFastest() {
    double[] rates = new double[200];
    double[] losses = new double[200];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = i;
      losses[i] = -1 / (1 + Math.exp(-(i - 120) / 6.0)); // steepest at 120
    }
    losses[0] = 9; // rough at first

    assertThat(LearningRateFinder.steepest(rates, losses)).isBetween(119.0, 121.0);
  }

  @Test
  void takesWhatThereIsWhereTheLossRanAwayAtOnce() {
    assertThat(LearningRateFinder.steepest(new double[] {0.1, 0.2}, new double[] {1, 2}))
        .isEqualTo(0.2);
  }
}
