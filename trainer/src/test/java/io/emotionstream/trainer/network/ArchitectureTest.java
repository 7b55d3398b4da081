// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emotionstream.model.Emotions;
import io.emotionstream.model.NativeKernels;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ArchitectureTest {
  private static final int VOTES = 10;

  @BeforeAll
  static void enableKernels() {
    NativeKernels.enable();
  }

  @Test
  void isFoundByName() {
    assertThat(Architecture.named("paper")).isSameAs(Architecture.PAPER);
    assertThatThrownBy(() -> Architecture.named("alexnet"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"alexnet\"")
        .hasMessageContaining("paper (585,511 parameters, 48.4 million multiply-adds a face), vgg");
  }

  @Test
  void countsMultiplyAddsAndParameters() {
    // 32 at 48 px, 32 and 64 at 24, 64 and 128 at 12, 128 and 256 at 6, and the head
    long expected =
        9L
                * (2304 * 32
                    + 576 * (32 * 32 + 32 * 64)
                    + 144 * (64 * 64 + 64 * 128)
                    + 36 * (128 * 128 + 128 * 256))
            + 256 * 7;
    assertThat(Architecture.PAPER.multiplyAdds()).isEqualTo(expected);
    assertThat(Architecture.PAPER.parameterCount()).isEqualTo(585_511);
  }

  @Test
  void knowsTheKindOfEachParameter() {
    TrainingForm form = new TrainingForm(32, 0, 0, 0, Precision.FLOAT32);
    try (TrainingNetwork network = Architecture.VGG_SMALL.newTrainingNetwork(form)) {
      ParameterKind[] kinds = network.parameterKinds();
      long maps = 16 + 32 + 32 + 64 + 64 + 96 + 128;

      assertThat(kinds).hasSize(network.parameterCount());
      assertThat(kinds)
          .filteredOn(kind -> kind == ParameterKind.RUNNING_STATISTIC)
          .hasSize((int) (2 * maps));
      assertThat(kinds)
          .filteredOn(kind -> kind == ParameterKind.OFFSET_OR_SCALE)
          .hasSize((int) (2 * maps + 7));
    }
  }

  @ParameterizedTest
  @EnumSource
  void isSmallEnoughToShip(Architecture architecture) {
    assertThat(architecture.parameterCount()).isLessThan(3_000_000);
    assertThat(architecture.multiplyAdds()).isLessThan(80_000_000);
  }

  @ParameterizedTest
  @CsvSource({"RESNET_SE, 176", "MOBILE, 256"})
  void takesTheParametersOfANetworkThatServes(Architecture architecture, int features) {
    TrainingForm form = new TrainingForm(32, 0, VOTES, 1, Precision.FLOAT32);
    try (TrainingNetwork network = architecture.newTrainingNetwork(form)) {
      float[] trained = network.initialParameters(1);
      float[] other = network.initialParameters(2);
      ComputationGraph serving = architecture.newServingNetwork(trained, VOTES);

      float[] taken = architecture.parametersOf(serving, other, VOTES);

      // Last come the weights and biases of the outputs, the emotions' before the votes'.
      int weights = trained.length - VOTES * features - Emotions.COUNT - VOTES;
      int biases = trained.length - Emotions.COUNT - VOTES;
      assertThat(greatestDifference(taken, trained, 0, weights)).isLessThan(1e-5f);
      assertThat(greatestDifference(taken, other, weights, biases)).isZero();
      assertThatThrownBy(() -> Architecture.PAPER.parametersOf(serving, other, VOTES))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("another shape");
      serving.close();
    }
  }

  private static float greatestDifference(float[] left, float[] right, int from, int to) {
    float greatest = 0;
    for (int i = from; i < to; i++) {
      greatest = Math.max(greatest, Math.abs(left[i] - right[i]));
    }
    return greatest;
  }
}
