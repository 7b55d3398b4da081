// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import io.emotionstream.datasets.fer2013.Usage;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a network is trained on.
 *
 * @param file FER-2013 as CSV, plain or gzipped, or class-named folders
 * @param votes FER+ votes on its rows, to learn to foretell beside the labels
 * @param validationShare share of the Training faces held out to choose the best epoch, in (0, 1)
 * @param validationUsage a split to choose the best epoch by, in place of the share
 * @param imbalance what is done about classes with few faces
 */
public record TrainingData(
    Path file,
    Optional<Path> votes,
    double validationShare,
    Optional<Usage> validationUsage,
    Imbalance imbalance) {
  /** Share of the Training faces that is held out unless told otherwise. */
  public static final double VALIDATION_SHARE = 0.1;

  public TrainingData {
    if (!(validationShare > 0 && validationShare < 1)) {
      throw new IllegalArgumentException(
          "the validation share must be above 0 and below 1, was " + validationShare);
    }
    if (validationUsage.filter(usage -> usage == Usage.TRAINING).isPresent()) {
      throw new IllegalArgumentException(
          "the faces that are trained on cannot choose the best epoch: name another split");
    }
  }

  /** Returns {@code file} with a tenth of its Training faces held out, and nothing else. */
  public static TrainingData of(Path file) {
    return new TrainingData(
        file, Optional.empty(), VALIDATION_SHARE, Optional.empty(), Imbalance.NONE);
  }

  /** Returns what a fingerprint of the settings says of it; the data has one of its own. */
  String settings() {
    return "validation=%s votes=%s imbalance=%s"
        .formatted(
            validationUsage.map(Usage::label).orElse(Double.toString(validationShare)),
            votes.isPresent(),
            imbalance.label());
  }
}
