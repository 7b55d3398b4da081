// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.emotionstream.model.Emotions;
import io.emotionstream.model.FaceNormalizer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TrainingNetworkTest {
  private static final int BATCH = 4;
  private static final int VOTES = 10;

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void answersAsTheNetworkThatServes(Architecture architecture) {
    float[] faces = faces();
    try (TrainingNetwork training = architecture.newTrainingNetwork(form(Precision.FLOAT32))) {
      float[] parameters = perturbed(training);
      training.setParameters(parameters);

      float[][] answers = training.classify(faces);

      ComputationGraph serving = architecture.newServingNetwork(parameters, VOTES);
      try (INDArray input =
          Nd4j.create(
              faces, new long[] {BATCH, 1, FaceNormalizer.SIDE, FaceNormalizer.SIDE}, 'c')) {
        float[][] expected = serving.outputSingle(input).toFloatMatrix();
        for (int n = 0; n < BATCH; n++) {
          assertThat(answers[n]).containsExactly(expected[n], within(1e-5f));
        }
      }
      assertThat(serving.numParams()).isEqualTo(architecture.parameterCount());
      serving.close();
    }
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void gradientIsTheSlopeOfTheLoss(Architecture architecture) {
    float[] faces = faces();
    float[] targets = targets();
    try (TrainingNetwork network = architecture.newTrainingNetwork(form(Precision.FLOAT32))) {
      float[] parameters = perturbed(network);
      float[] gradient = new float[parameters.length];
      network.setParameters(parameters);
      network.gradient(faces, targets, 5, gradient);
      ParameterKind[] kinds = network.parameterKinds();
      double[] slopes = new double[3];
      double[] differences = new double[3];
      for (int trial = 0; trial < slopes.length; trial++) {
        // Along the gradient, disturbed: the slope is large against the rounding of the loss.
        SplittableRandom random = new SplittableRandom(trial);
        float[] direction = new float[gradient.length];
        double length = 0;
        for (int i = 0; i < direction.length; i++) {
          if (kinds[i] != ParameterKind.RUNNING_STATISTIC) {
            direction[i] = gradient[i] * (float) random.nextDouble(0, 2);
            slopes[trial] += (double) direction[i] * gradient[i] / BATCH;
            length += (double) direction[i] * direction[i];
          }
        }
        float step = (float) (2e-3 / Math.sqrt(length));
        differences[trial] =
            (lossAt(network, parameters, direction, step, faces, targets)
                    - lossAt(network, parameters, direction, -step, faces, targets))
                / (2 * step);
      }
      for (int trial = 0; trial < slopes.length; trial++) {
        assertThat(differences[trial]).isCloseTo(slopes[trial], within(0.02 * slopes[trial]));
      }
    }
  }

  @Test
  void learnsTheSecondQuestionToo() {
    TrainingForm form = new TrainingForm(BATCH, 0, VOTES, 1, Precision.FLOAT32);
    try (TrainingNetwork network = Architecture.VGG_SMALL.newTrainingNetwork(form)) {
      float[] without = new float[network.parameterCount()];
      float[] with = new float[network.parameterCount()];
      float[] targets = targets();
      network.setParameters(network.initialParameters(1));
      network.gradient(faces(), targets, 5, with);
      for (int n = 0; n < BATCH; n++) {
        int row = n * (Emotions.COUNT + VOTES);
        Arrays.fill(targets, row + Emotions.COUNT, row + Emotions.COUNT + VOTES, 0);
      }

      network.gradient(faces(), targets, 5, without);

      // The biases of the output layer are the last: the seven emotions', then the votes'.
      int votes = with.length - VOTES;
      assertThat(Arrays.copyOfRange(without, votes, with.length)).containsOnly(0);
      assertThat(Arrays.copyOfRange(with, votes, with.length)).doesNotContain(0);
      assertThat(Arrays.copyOfRange(with, votes - Emotions.COUNT, votes))
          .isEqualTo(Arrays.copyOfRange(without, votes - Emotions.COUNT, votes));
      assertThat(with[0]).isNotEqualTo(without[0]);
    }
  }

  @Test
  void bfloat16GivesNearlyTheSameGradient() {
    assumeTrue(
        Precision.fastest() == Precision.BFLOAT16,
        "skipped: this processor does not multiply bfloat16");
    float[] single = gradient(Precision.FLOAT32);
    float[] half = gradient(Precision.BFLOAT16);
    double product = 0;
    double singleSquare = 0;
    double halfSquare = 0;
    for (int i = 0; i < single.length; i++) {
      product += (double) single[i] * half[i];
      singleSquare += (double) single[i] * single[i];
      halfSquare += (double) half[i] * half[i];
    }

    assertThat(product / Math.sqrt(singleSquare * halfSquare)).isGreaterThan(0.98);
  }

  private static float[] gradient(Precision precision) {
    try (TrainingNetwork network = Architecture.RESNET_SE.newTrainingNetwork(form(precision))) {
      float[] gradient = new float[network.parameterCount()];
      network.setParameters(perturbed(network));
      network.gradient(faces(), targets(), 5, gradient);
      return gradient;
    }
  }

  private static double lossAt(
      TrainingNetwork network,
      float[] parameters,
      float[] direction,
      float step,
      float[] faces,
      float[] targets) {
    float[] moved = parameters.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += step * direction[i];
    }
    network.setParameters(moved);
    return network.gradient(faces, targets, 5, new float[moved.length]).loss();
  }

  private static TrainingForm form(Precision precision) {
    // The second question has no weight: the loss that is returned is the first one's.
    return new TrainingForm(BATCH, 0.2, VOTES, 0, precision);
  }

  private static float[] perturbed(TrainingNetwork network) {
    float[] parameters = network.initialParameters(1);
    ParameterKind[] kinds = network.parameterKinds();
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < parameters.length; i++) {
      if (kinds[i] != ParameterKind.WEIGHT) {
        parameters[i] += (float) random.nextDouble(-0.3, 0.3);
      }
    }
    return parameters;
  }

  private static float[] faces() {
    SplittableRandom random = new SplittableRandom(3);
    float[] faces = new float[BATCH * FaceNormalizer.PIXELS];
    for (int i = 0; i < faces.length; i++) {
      faces[i] = (float) random.nextDouble();
    }
    return faces;
  }

  private static float[] targets() {
    SplittableRandom random = new SplittableRandom(4);
    int width = Emotions.COUNT + VOTES;
    float[] targets = new float[BATCH * width];
    for (int n = 0; n < BATCH; n++) {
      targets[n * width + random.nextInt(Emotions.COUNT)] = 1;
      targets[n * width + Emotions.COUNT + random.nextInt(VOTES)] = 1;
    }
    return targets;
  }
}
