// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import io.emotionstream.model.Emotions;
import io.emotionstream.schemas.Emotion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What a classifier answered to labelled faces, as counts by label and prediction. Immutable. */
public final class Evaluation {
  private final long[][] confusion;

  private Evaluation(long[][] confusion) {
    this.confusion = confusion;
  }

  /**
   * Compares predictions with labels.
   *
   * @throws IllegalArgumentException if their numbers differ
   */
  public static Evaluation of(List<Emotion> labels, List<Emotion> predictions) {
    if (labels.size() != predictions.size()) {
      throw new IllegalArgumentException(
          labels.size() + " labels, but " + predictions.size() + " predictions");
    }
    long[][] counts = new long[Emotions.COUNT][Emotions.COUNT];
    for (int i = 0; i < labels.size(); i++) {
      counts[Emotions.ALL.indexOf(labels.get(i))][Emotions.ALL.indexOf(predictions.get(i))]++;
    }
    return new Evaluation(counts);
  }

  /**
   * Returns an evaluation of these counts.
   *
   * @param confusion seven rows of labels, seven columns of predictions; copied
   */
  public static Evaluation of(long[][] confusion) {
    return new Evaluation(Arrays.stream(confusion).map(long[]::clone).toArray(long[][]::new));
  }

  /** Returns a copy of the counts: rows are labels, columns are predictions, in label order. */
  public long[][] confusionMatrix() {
    return Arrays.stream(confusion).map(long[]::clone).toArray(long[][]::new);
  }

  /** Returns the number of faces. */
  public long count() {
    return Arrays.stream(confusion).flatMapToLong(Arrays::stream).sum();
  }

  /** Returns the share of faces whose prediction is their label; NaN without faces. */
  public double accuracy() {
    return (double) right() / count();
  }

  /** Returns the 95 % interval of the accuracy. */
  public Interval accuracyInterval() {
    return Interval.wilson(right(), count());
  }

  /** Returns the most frequent ways of being wrong, at most {@code limit}, most frequent first. */
  public List<Confusion> topConfusions(int limit) {
    List<Confusion> all = new ArrayList<>();
    for (int truth = 0; truth < confusion.length; truth++) {
      long support = Arrays.stream(confusion[truth]).sum();
      for (int taken = 0; taken < confusion.length; taken++) {
        long count = confusion[truth][taken];
        if (truth != taken && count > 0) {
          all.add(
              new Confusion(
                  Emotions.ofLabel(truth),
                  Emotions.ofLabel(taken),
                  count,
                  (double) count / support));
        }
      }
    }
    return all.stream()
        .sorted(Comparator.comparingLong(Confusion::count).reversed())
        .limit(limit)
        .toList();
  }

  /** Returns the mean F1 over the classes where it is defined; NaN if it is nowhere. */
  public double macroF1() {
    return perClass().stream()
        .mapToDouble(ClassMetrics::f1)
        .filter(f1 -> !Double.isNaN(f1))
        .average()
        .orElse(Double.NaN);
  }

  /** Returns the metrics of each class, in label order. */
  public List<ClassMetrics> perClass() {
    return Emotions.ALL.stream().map(this::metricsOf).toList();
  }

  private long right() {
    long right = 0;
    for (int i = 0; i < confusion.length; i++) {
      right += confusion[i][i];
    }
    return right;
  }

  private ClassMetrics metricsOf(Emotion emotion) {
    int label = Emotions.ALL.indexOf(emotion);
    long right = confusion[label][label];
    long support = Arrays.stream(confusion[label]).sum();
    long predicted = 0;
    for (long[] row : confusion) {
      predicted += row[label];
    }
    return new ClassMetrics(
        emotion,
        support,
        (double) right / predicted,
        (double) right / support,
        2.0 * right / (support + predicted),
        Interval.wilson(right, support));
  }
}
