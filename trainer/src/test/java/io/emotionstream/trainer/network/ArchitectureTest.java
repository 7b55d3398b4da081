// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.model.NativeKernels;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.factory.Nd4j;

class ArchitectureTest {
  @BeforeAll
  static void enableKernels() {
    NativeKernels.enable();
  }

  @ParameterizedTest
  @EnumSource
  void servesWhatItTrains(Architecture architecture) {
    float[] face = new float[FaceNormalizer.PIXELS];
    Random random = new Random(1);
    for (int i = 0; i < face.length; i++) {
      face[i] = random.nextFloat();
    }
    try (TrainingNetwork training = architecture.newTrainingNetwork(7, 0.5)) {
      float[] expected = training.classify(face)[0];
      float[] actual =
          architecture
              .newServingNetwork(training.parameters())
              .outputSingle(Nd4j.create(face, new long[] {1, 1, 48, 48}, 'c'))
              .toFloatVector();

      assertThat(actual).containsExactly(expected, within(1e-5f));
    }
  }

  @Test
  void isFoundByName() {
    assertThat(Architecture.named("paper")).isSameAs(Architecture.PAPER);
    assertThatThrownBy(() -> Architecture.named("alexnet"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"alexnet\"")
        .hasMessageContaining("paper, vgg-small");
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
    try (TrainingNetwork network = Architecture.PAPER.newTrainingNetwork(1, 0)) {
      assertThat(network.parameterCount()).isEqualTo(585_511);
    }
  }

  @Test
  void knowsTheKindOfEachParameter() {
    try (TrainingNetwork network = Architecture.VGG_SMALL.newTrainingNetwork(1, 0)) {
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
}
