// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import static io.emotionstream.trainer.network.ParameterKind.OFFSET_OR_SCALE;
import static io.emotionstream.trainer.network.ParameterKind.RUNNING_STATISTIC;
import static io.emotionstream.trainer.network.ParameterKind.WEIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.emotionstream.trainer.network.ParameterKind;
import org.junit.jupiter.api.Test;

class NesterovOptimizerTest {
  private static final ParameterKind[] KINDS = {WEIGHT, OFFSET_OR_SCALE, RUNNING_STATISTIC};

  @Test
  void decaysWeightsOnlyAndSubtractsStatisticsAsTheyAre() {
    NesterovOptimizer optimizer = optimizer(0.1, 0);

    optimizer.step(new float[] {0, 0, 0.25f}, 0.5);

    // 1 - rate * (1 + momentum) * decay
    assertThat(optimizer.parameters())
        .containsExactly(new float[] {1 - 0.5f * 1.9f * 0.1f, 1, 0.75f}, within(1e-6f));
  }

  @Test
  void looksAheadAlongTheMomentum() {
    NesterovOptimizer optimizer = optimizer(0, 0);

    optimizer.step(new float[] {1, 1, 0}, 0.1);
    optimizer.step(new float[] {1, 1, 0}, 0.1);

    // steps of 1 + 0.9 * 1 and 1 + 0.9 * 1.9
    assertThat(optimizer.parameters()[0]).isCloseTo(1 - 0.1f * (1.9f + 2.71f), within(1e-6f));
  }

  @Test
  void averagesParameters() {
    NesterovOptimizer optimizer = optimizer(0, 0.5);

    optimizer.step(new float[] {0, 0, 1}, 0);
    assertThat(optimizer.average()[2]).isCloseTo(0.1f, within(1e-6f)); // first decay 1 / 10
    assertThat(optimizer(0, 0).average()).isEqualTo(optimizer(0, 0).parameters());
  }

  @Test
  void followsWarmUpAndHalfCosine() {
    Optimization settings = new Optimization(0.2, 0.9, 0.1, 0, 0, 0, 0);

    assertThat(settings.rateAt(0)).isZero();
    assertThat(settings.rateAt(0.05)).isCloseTo(0.1, within(1e-12));
    assertThat(settings.rateAt(0.1)).isCloseTo(0.2, within(1e-12));
    assertThat(settings.rateAt(0.55)).isCloseTo(0.1, within(1e-12));
    assertThat(settings.rateAt(1)).isCloseTo(0, within(1e-12));
  }

  private static NesterovOptimizer optimizer(double weightDecay, double averageDecay) {
    return new NesterovOptimizer(
        new Optimization(0.1, 0.9, 0, weightDecay, 0, 0, averageDecay),
        KINDS,
        new float[] {1, 1, 1});
  }
}
