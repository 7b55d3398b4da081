// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.baseline;

import io.emotionstream.model.Calibration;
import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.trainer.data.FaceSet;
import io.emotionstream.trainer.data.StratifiedSplit;
import io.emotionstream.trainer.evaluate.Calibrator;
import io.emotionstream.trainer.evaluate.Evaluator;
import io.emotionstream.trainer.evaluate.Subject;
import io.emotionstream.trainer.evaluate.ValidationSplit;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A classifier without a network, fitted to training faces; its settings are those that do best on
 * the validation faces. No test face is looked at.
 *
 * @param subject its name, settings, size and cost
 * @param classifier answers uncalibrated; used by one thread
 * @param calibration fitted to the validation faces
 */
public record Baseline(Subject subject, EmotionClassifier classifier, Calibration calibration) {
  private static final Logger LOG = LoggerFactory.getLogger(Baseline.class);

  /** What there is. */
  public enum Kind {
    /** The nearest training faces vote: {@link NearestNeighbors}. */
    KNN_PCA("knn-pca"),
    /** Linear support vector machines on histograms of gradients: {@link LinearSvm}. */
    SVM_HOG("svm-hog");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /**
     * Returns the kind of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Kind named(String name) {
      List<String> labels = Arrays.stream(values()).map(kind -> kind.label).toList();
      int index = labels.indexOf(name);
      if (index < 0) {
        throw new IllegalArgumentException(
            "no baseline is named %s, there are %s".formatted(name, String.join(", ", labels)));
      }
      return values()[index];
    }
  }

  /** A fitted classifier with its settings. */
  interface Candidate extends EmotionClassifier {
    Subject subject();
  }

  /**
   * Fits a baseline.
   *
   * @param split what to fit to and what to choose settings by
   */
  public static Baseline fit(Kind kind, StratifiedSplit split) {
    return switch (kind) {
      case KNN_PCA -> choose(NearestNeighbors.candidates(split.training()), split.validation());
      case SVM_HOG -> choose(LinearSvm.candidates(split.training()), split.validation());
    };
  }

  /** Returns the first of the candidates with the best accuracy. */
  private static Baseline choose(Iterable<? extends Candidate> candidates, FaceSet validation) {
    Baseline best = null;
    double bestAccuracy = -1;
    for (Candidate candidate : candidates) {
      Evaluator.Timed timed = Evaluator.answers(candidate, validation);
      double accuracy = timed.answers().evaluation().accuracy();
      LOG.info("{}: validation accuracy {}", candidate.modelId(), accuracy);
      if (best == null || accuracy > bestAccuracy) {
        bestAccuracy = accuracy;
        best =
            new Baseline(
                candidate.subject(),
                candidate,
                Calibrator.fit(timed.answers(), ValidationSplit.NAME));
      }
    }
    if (best == null) {
      throw new IllegalArgumentException("a baseline needs at least one candidate");
    }
    return best;
  }
}
