// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.model.Emotions;
import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.trainer.network.Architecture;
import io.emotionstream.trainer.network.Precision;
import io.emotionstream.trainer.network.TrainingForm;
import io.emotionstream.trainer.network.TrainingNetwork;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OverfittingTest {
  private static final int FACES = 10;

  @ParameterizedTest
  @EnumSource(Optimization.Algorithm.class)
  void learnsTenFacesByHeart(Optimization.Algorithm algorithm) {
    float[] faces = new float[FACES * FaceNormalizer.PIXELS];
    float[] targets = new float[FACES * Emotions.COUNT];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < faces.length; i++) {
      faces[i] = (float) random.nextDouble();
    }
    for (int n = 0; n < FACES; n++) {
      targets[n * Emotions.COUNT + n % Emotions.COUNT] = 1;
    }
    boolean adam = algorithm == Optimization.Algorithm.ADAM;
    Optimization settings =
        new Optimization(algorithm, Optimization.Schedule.COSINE, 1, 0.9, 0, 0, 0, 0, 0, 0);
    TrainingForm form = new TrainingForm(FACES, 0, 0, 0, Precision.FLOAT32);
    try (TrainingNetwork network = Architecture.VGG_SMALL.newTrainingNetwork(form)) {
      Optimizer optimizer =
          new Optimizer(settings, network.parameterKinds(), network.initialParameters(1));
      float[] gradient = new float[network.parameterCount()];
      TrainingNetwork.Fit fit = new TrainingNetwork.Fit(Double.NaN, 0);
      for (int step = 0; step < 60; step++) {
        network.setParameters(optimizer.parameters());
        fit = network.gradient(faces, targets, step, gradient);
        optimizer.step(gradient, adam ? 1e-3 : 2e-3);
      }

      assertThat(fit.correct()).isEqualTo(FACES);
      assertThat(fit.loss()).isLessThan(0.1);
    }
  }
}
