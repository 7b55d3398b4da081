// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import static io.emotionstream.trainer.network.ParameterKind.OFFSET_OR_SCALE;
import static io.emotionstream.trainer.network.ParameterKind.RUNNING_STATISTIC;
import static io.emotionstream.trainer.network.ParameterKind.WEIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.emotionstream.trainer.network.ParameterKind;
import io.emotionstream.trainer.train.Optimization.Algorithm;
import io.emotionstream.trainer.train.Optimization.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptimizerTest {
  private static final ParameterKind[] KINDS = {WEIGHT, OFFSET_OR_SCALE, RUNNING_STATISTIC};

  @Test
  void decaysWeightsOnlyAndSubtractsStatisticsAsTheyAre() {
    Optimizer optimizer = optimizer(0.1, 0);

    optimizer.step(new float[] {0, 0, 0.25f}, 0.5);

    // 1 - rate * (1 + momentum) * decay
    assertThat(optimizer.parameters())
        .containsExactly(new float[] {1 - 0.5f * 1.9f * 0.1f, 1, 0.75f}, within(1e-6f));
  }

  @Test
  void looksAheadAlongTheMomentum() {
    Optimizer optimizer = optimizer(0, 0);

    optimizer.step(new float[] {1, 1, 0}, 0.1);
    optimizer.step(new float[] {1, 1, 0}, 0.1);

    // steps of 1 + 0.9 * 1 and 1 + 0.9 * 1.9
    assertThat(optimizer.parameters()[0]).isCloseTo(1 - 0.1f * (1.9f + 2.71f), within(1e-6f));
  }

  @Test
  void averagesParameters() {
    Optimizer optimizer = optimizer(0, 0.5);

    optimizer.step(new float[] {0, 0, 1}, 0);
    assertThat(optimizer.average()[2]).isCloseTo(0.1f, within(1e-6f)); // first decay 1 / 10
    assertThat(optimizer(0, 0).average()).isEqualTo(optimizer(0, 0).parameters());
  }

  @Test
  void followsWarmUpAndHalfCosine() {
    Optimization settings = settings(Algorithm.NESTEROV, Schedule.COSINE, 0.1, 0, 0);

    assertThat(settings.rateAt(0)).isZero();
    assertThat(settings.rateAt(0.05)).isCloseTo(0.1, within(1e-12));
    assertThat(settings.rateAt(0.1)).isCloseTo(0.2, within(1e-12));
    assertThat(settings.rateAt(0.55)).isCloseTo(0.1, within(1e-12));
    assertThat(settings.rateAt(1)).isCloseTo(0, within(1e-12));
  }

  @Test
  void fallsInSteps() {
    Optimization settings = settings(Algorithm.NESTEROV, Schedule.STEP, 0, 0, 0);

    assertThat(settings.rateAt(0.49)).isCloseTo(0.2, within(1e-12));
    assertThat(settings.rateAt(0.51)).isCloseTo(0.02, within(1e-12));
    assertThat(settings.rateAt(0.76)).isCloseTo(0.002, within(1e-12));
  }

  @Test
  void adamStepsByTheRateWhateverTheGradientsSize() {
    Optimizer optimizer =
        new Optimizer(
            settings(Algorithm.ADAM, Schedule.COSINE, 0, 0.5, 0), KINDS, new float[] {1, 1, 1});

    optimizer.step(new float[] {3, -0.001f, 0.25f}, 0.1);

    // The weight decays by rate * decay, apart from the step (AdamW).
    assertThat(optimizer.parameters())
        .containsExactly(new float[] {1 - 0.05f - 0.1f, 1.1f, 0.75f}, within(1e-4f));
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void goesOnFromItsStateAsIfThereHadBeenNoBreak(Algorithm algorithm) {
    Optimization settings = settings(algorithm, Schedule.COSINE, 0, 0.01, 0.9);
    Optimizer whole = new Optimizer(settings, KINDS, new float[] {1, 1, 1});
    whole.step(new float[] {1, 2, 3}, 0.1);
    Optimizer resumed = new Optimizer(settings, KINDS, whole.state());

    whole.step(new float[] {-1, 1, 0}, 0.1);
    resumed.step(new float[] {-1, 1, 0}, 0.1);

    assertThat(resumed.state()).usingRecursiveComparison().isEqualTo(whole.state());
  }

  private static Optimizer optimizer(double weightDecay, double averageDecay) {
    return new Optimizer(
        settings(Algorithm.NESTEROV, Schedule.COSINE, 0, weightDecay, averageDecay),
        KINDS,
        new float[] {1, 1, 1});
  }

  private static Optimization settings(
      Algorithm algorithm,
      Schedule schedule,
      double warmUp,
      double weightDecay,
      double averageDecay) {
    return new Optimization(
        algorithm, schedule, 0.2, 0.9, warmUp, weightDecay, 0, 0, averageDecay, 0);
  }
}
