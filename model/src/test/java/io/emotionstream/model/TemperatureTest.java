// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TemperatureTest {

  @Test
  void answersAsTheSoftmaxOfDividedLogits() {
    double[] logits = {2, -1, 0.5, 4, -3, 0, 1};

    float[] scaled = Temperature.scale(softmax(logits, 1), 1.7);

    assertThat(scaled).containsExactly(softmax(logits, 1.7), within(1e-6f));
  }

  @Test
  void changesNothingAtOne() {
    float[] probabilities = {0.1f, 0.2f, 0.3f, 0.1f, 0.1f, 0.1f, 0.1f};

    assertThat(Temperature.scale(probabilities, 1)).containsExactly(probabilities);
  }

  @Test
  void keepsCertaintyAndImpossibilityAsTheyAre() {
    float[] certain = {0, 0, 0, 1, 0, 0, 0};

    assertThat(Temperature.scale(certain, 3)).containsExactly(certain);
  }

  @Test
  void keepsTheWinnerOfALeadOfOneRoundingStep() {
    float second = 0.25f;
    float[] probabilities = {second, 0, 0, 0, Math.nextUp(second), 0.25f, 0.25f};

    for (double temperature : new double[] {0.5, 2, 10, 1000}) {
      assertThat(Emotions.top1(Temperature.scale(probabilities, temperature)))
          .isEqualTo(Emotions.ofLabel(4));
    }
  }

  @Test
  void keepsTheWinnerOfAnyAnswer() {
    Random random = new Random(5);
    for (int i = 0; i < 10_000; i++) {
      double[] logits = random.doubles(Emotions.COUNT, -8, 8).toArray();
      float[] probabilities = softmax(logits, 1);
      float[] scaled = Temperature.scale(probabilities, 0.2 + 5 * random.nextDouble());

      assertThat(Emotions.top1(scaled)).isEqualTo(Emotions.top1(probabilities));
      double sum = 0;
      for (float probability : scaled) {
        sum += probability;
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
    }
  }

  private static float[] softmax(double[] logits, double temperature) {
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit / temperature);
    }
    float[] probabilities = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = (float) (Math.exp(logits[i] / temperature) / sum);
    }
    return probabilities;
  }
}
