// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import io.emotionstream.datasets.fer2013.Usage;
import io.emotionstream.model.Calibration;
import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.model.ModelBundle;
import io.emotionstream.trainer.data.FaceSet;
import io.emotionstream.trainer.data.Fer2013;
import io.emotionstream.trainer.data.LabeledFace;
import io.emotionstream.trainer.data.StratifiedSplit;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates on one split of a data set.
 *
 * <p>The split {@value ValidationSplit#NAME} is what a model held out of the Training rows to be
 * chosen by; it is another one for each seed.
 */
public final class EvaluationRun {
  private final Fer2013 data;
  private final String split;
  private final boolean flip;
  private final Optional<Set<Integer>> flaggedCopies;

  /**
   * @param split {@code Training}, {@code PublicTest}, {@code PrivateTest} or {@code validation}
   * @param flip whether to average with mirror images as well, which takes twice the time
   * @param flaggedCopies rows that a quality file calls copies of training faces
   */
  public EvaluationRun(
      Fer2013 data, String split, boolean flip, Optional<Set<Integer>> flaggedCopies) {
    this.data = data;
    this.split = isValidation(split) ? ValidationSplit.NAME : Usage.named(split).label();
    this.flip = flip;
    this.flaggedCopies = flaggedCopies;
  }

  /**
   * Evaluates a bundle.
   *
   * @throws IOException if there are no such faces, or its network cannot be read
   */
  public EvaluationReport of(ModelBundle bundle) throws IOException {
    Faces faces =
        isValidation(split)
            ? heldOut(ValidationSplit.of(bundle.manifest(), data))
            : faces(Usage.named(split));
    try (EmotionClassifier classifier = bundle.newUncalibratedClassifier()) {
      return report(Subject.of(bundle), classifier, bundle.manifest().calibration(), faces);
    }
  }

  /**
   * Evaluates another classifier.
   *
   * @param classifier answers uncalibrated
   * @param trained the split that it was trained and chosen by
   * @throws IOException if there are no such faces
   */
  public EvaluationReport of(
      Subject subject,
      EmotionClassifier classifier,
      Calibration calibration,
      StratifiedSplit trained)
      throws IOException {
    Faces faces = isValidation(split) ? heldOut(trained) : faces(Usage.named(split));
    return report(subject, classifier, calibration, faces);
  }

  /**
   * Evaluates two bundles on the same faces.
   *
   * @throws IOException if the faces differ, as validation faces of other seeds do
   */
  public Comparison compare(ModelBundle first, ModelBundle second) throws IOException {
    if (isValidation(split)
        && !rows(ValidationSplit.of(first.manifest(), data))
            .equals(rows(ValidationSplit.of(second.manifest(), data)))) {
      throw new IOException(
          "%s and %s were validated on different faces: compare them on another split"
              .formatted(first.modelId(), second.modelId()));
    }
    return new Comparison(of(first), of(second));
  }

  /**
   * Fits a calibration to a bundle's answers to its validation faces.
   *
   * @throws IOException if these cannot be found again in {@code data}
   */
  public static Calibration calibrate(ModelBundle bundle, Fer2013 data) throws IOException {
    return calibrate(
        bundle, ValidationSplit.of(bundle.manifest(), data).validation(), ValidationSplit.NAME);
  }

  /**
   * Fits a calibration to faces that the bundle was not trained on.
   *
   * @param split name of the faces
   * @throws IOException if the bundle cannot be used
   */
  public static Calibration calibrate(ModelBundle bundle, FaceSet faces, String split)
      throws IOException {
    try (EmotionClassifier classifier = bundle.newUncalibratedClassifier()) {
      return Calibrator.fit(Evaluator.answers(classifier, faces).answers(), split);
    }
  }

  private EvaluationReport report(
      Subject subject,
      EmotionClassifier classifier,
      @Nullable Calibration calibration,
      Faces faces) {
    Evaluator.Timed plain = Evaluator.answers(classifier, faces.evaluated());
    Answers averaged =
        flip
            ? Evaluator.averaged(plain.answers(), Evaluator.mirrored(classifier, faces.evaluated()))
            : null;
    FaceSet training = faces.training();
    Copies copies =
        training == null || training.size() == 0
            ? null
            : Copies.of(faces.evaluated(), training, flaggedCopies);
    return new EvaluationReport(
        subject,
        split,
        data.fingerprint(),
        plain.answers(),
        averaged,
        calibration,
        copies,
        plain.speed());
  }

  private Faces faces(Usage usage) throws IOException {
    FaceSet evaluated = data.split(usage);
    if (evaluated.size() == 0) {
      throw new IOException("the data has no usable face of " + usage.label());
    }
    return new Faces(evaluated, usage == Usage.TRAINING ? null : data.split(Usage.TRAINING));
  }

  private static Faces heldOut(StratifiedSplit split) {
    return new Faces(split.validation(), split.training());
  }

  private static List<Integer> rows(StratifiedSplit split) {
    return split.validation().faces().stream().map(LabeledFace::row).toList();
  }

  private static boolean isValidation(String split) {
    return split.toLowerCase(Locale.ROOT).equals(ValidationSplit.NAME);
  }

  /** Faces to evaluate on, and those to look for copies among, if that is a question. */
  private record Faces(FaceSet evaluated, @Nullable FaceSet training) {}
}
