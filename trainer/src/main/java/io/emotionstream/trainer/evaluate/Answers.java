// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import io.emotionstream.model.Emotions;
import io.emotionstream.model.Temperature;
import io.emotionstream.schemas.Emotion;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a classifier answered to labelled faces, face by face. Immutable.
 *
 * <p>The arrays are shared, not copied, and must not be written to.
 */
public final class Answers {
  private final int[] labels;
  private final float[][] probabilities;
  private final int[] predictions;

  private Answers(int[] labels, float[][] probabilities) {
    if (labels.length != probabilities.length) {
      throw new IllegalArgumentException(
          labels.length + " labels, but " + probabilities.length + " answers");
    }
    this.labels = labels;
    this.probabilities = probabilities;
    predictions =
        Arrays.stream(probabilities)
            .mapToInt(answer -> Emotions.ALL.indexOf(Emotions.top1(answer)))
            .toArray();
  }

  /**
   * Returns answers to labelled faces.
   *
   * @param labels one a face, in [0, 6]
   * @param probabilities seven a face, in label order
   * @throws IllegalArgumentException if their numbers differ
   */
  public static Answers of(int[] labels, float[][] probabilities) {
    return new Answers(labels, probabilities);
  }

  /** Returns the number of faces. */
  public int size() {
    return labels.length;
  }

  /** Returns the label of face {@code index}. */
  public int label(int index) {
    return labels[index];
  }

  /** Returns the top-1 class of face {@code index}. */
  public int prediction(int index) {
    return predictions[index];
  }

  /** Tells whether the top-1 class of face {@code index} is its label. */
  public boolean isRight(int index) {
    return predictions[index] == labels[index];
  }

  /** Returns the seven probabilities of face {@code index}. */
  public float[] probabilities(int index) {
    return probabilities[index];
  }

  /** Returns the probability of the top-1 class of face {@code index}. */
  public double confidence(int index) {
    return probabilities[index][predictions[index]];
  }

  /** Returns the same answers with their logits divided by {@code temperature}. */
  public Answers scaled(double temperature) {
    return new Answers(
        labels,
        Arrays.stream(probabilities)
            .map(answer -> Temperature.scale(answer, temperature))
            .toArray(float[][]::new));
  }

  /** Returns the answers to the faces at these indices. */
  public Answers select(int[] indices) {
    return new Answers(
        IntStream.of(indices).map(i -> labels[i]).toArray(),
        IntStream.of(indices).mapToObj(i -> probabilities[i]).toArray(float[][]::new));
  }

  /** Counts the answers by label and prediction. */
  public Evaluation evaluation() {
    return Evaluation.of(named(labels), named(predictions));
  }

  /**
   * Returns the mean negative logarithm of the probability of the label, in nats; a probability
   * counts as at least 1e-12.
   */
  public double logLoss() {
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      sum -= Math.log(Math.max(probabilities[i][labels[i]], 1e-12));
    }
    return sum / labels.length;
  }

  private static List<Emotion> named(int[] classes) {
    return IntStream.of(classes).mapToObj(Emotions::ofLabel).toList();
  }
}
