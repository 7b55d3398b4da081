// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.model.Calibration;
import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.model.ModelBundle;
import java.io.IOException;
import java.util.Optional;

/** Makes classifiers, such as {@code bundle::newClassifier}. */
@FunctionalInterface
public interface ClassifierFactory {

  /** Returns a factory of {@code bundle}'s classifiers that knows its calibration. */
  static ClassifierFactory of(ModelBundle bundle) {
    return new ClassifierFactory() {
      @Override
      public EmotionClassifier newClassifier() throws IOException {
        return bundle.newClassifier();
      }

      @Override
      public Optional<Calibration> calibrationOf(String modelId) {
        return modelId.equals(bundle.modelId())
            ? Optional.ofNullable(bundle.manifest().calibration())
            : Optional.empty();
      }

      @Override
      public ClassifierFactory forBundle(ModelBundle other) {
        return of(other.withEngine(bundle.engine()));
      }
    };
  }

  /**
   * Returns a classifier that no other thread uses; the caller closes it.
   *
   * @throws IOException if the model cannot be read
   */
  EmotionClassifier newClassifier() throws IOException;

  /** Returns a factory of another bundle's classifiers, computed by the same engine as these. */
  default ClassifierFactory forBundle(ModelBundle other) {
    return of(other);
  }

  /**
   * Returns how far the answers of one of its models may be believed; empty if that was not
   * measured. Safe for use by several threads.
   */
  default Optional<Calibration> calibrationOf(String modelId) {
    return Optional.empty();
  }
}
