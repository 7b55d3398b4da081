// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import static java.util.Objects.requireNonNull;

import io.emotionstream.schemas.Emotion;
import java.util.Arrays;
import java.util.List;

/**
 * How far a network's probabilities may be believed: measured on faces it was not trained on, and
 * kept in its bundle.
 *
 * @param temperature what logits are divided by before the softmax so that a probability is the
 *     share of right answers (Guo et al. 2017, "On Calibration of Modern Neural Networks"); above 1
 *     the network was too sure of itself; positive. {@link ModelBundle#newClassifier} applies it
 * @param uncertainBelow top-1 probability, after the temperature, below which a face counts as
 *     uncertain; in [0, 1], 0 if no face does
 * @param rule how {@code uncertainBelow} was chosen, in words
 * @param confusion counts of top-1 answers, seven rows of seven: rows are truth, columns are
 *     prediction, in label order, uncertain faces included
 * @param split name of the faces that all this was measured on, such as {@code validation}
 */
public record Calibration(
    double temperature,
    double uncertainBelow,
    String rule,
    List<List<Long>> confusion,
    String split) {
  public Calibration {
    if (!(temperature > 0 && Double.isFinite(temperature))) {
      throw new IllegalArgumentException(
          "calibration: temperature must be positive, was " + temperature);
    }
    if (!(uncertainBelow >= 0 && uncertainBelow <= 1)) {
      throw new IllegalArgumentException(
          "calibration: uncertainBelow must be in [0, 1], was " + uncertainBelow);
    }
    requireNonNull(rule, "calibration: rule is missing");
    requireNonNull(split, "calibration: split is missing");
    confusion = confusion.stream().map(List::copyOf).toList();
    if (confusion.size() != Emotions.COUNT
        || confusion.stream().anyMatch(row -> row.size() != Emotions.COUNT)) {
      throw new IllegalArgumentException(
          "calibration: confusion must be seven rows of seven counts, was " + confusion);
    }
    if (confusion.stream().flatMap(List::stream).anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException(
          "calibration: confusion must not hold negative counts, was " + confusion);
    }
  }

  /**
   * Returns a calibration with these counts.
   *
   * @param confusion rows are truth, columns are prediction, in label order; copied
   */
  public static Calibration of(
      double temperature, double uncertainBelow, String rule, long[][] confusion, String split) {
    List<List<Long>> rows =
        Arrays.stream(confusion).map(row -> Arrays.stream(row).boxed().toList()).toList();
    return new Calibration(temperature, uncertainBelow, rule, rows, split);
  }

  /** Returns a copy of {@link #confusion()}: rows are truth, columns are prediction. */
  public long[][] confusionMatrix() {
    return confusion.stream()
        .map(row -> row.stream().mapToLong(Long::longValue).toArray())
        .toArray(long[][]::new);
  }

  /** Returns how many faces of {@code truth} were taken for {@code prediction}. */
  public long confusion(Emotion truth, Emotion prediction) {
    return confusion.get(Emotions.ALL.indexOf(truth)).get(Emotions.ALL.indexOf(prediction));
  }

  /**
   * Tells whether an answer should count as uncertain.
   *
   * @param probabilities as a bundle's classifier answers, so after the temperature
   */
  public boolean isUncertain(float[] probabilities) {
    return probabilities[Emotions.ALL.indexOf(Emotions.top1(probabilities))] < uncertainBelow;
  }
}
