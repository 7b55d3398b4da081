// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

/**
 * Applies a bundle's temperature to the answers of any engine: the one place where it is done, so
 * that engines answer the softmax of their network and need not know of it.
 */
final class CalibratedClassifier implements EmotionClassifier {
  private final EmotionClassifier engine;
  private final double temperature;

  private CalibratedClassifier(EmotionClassifier engine, double temperature) {
    this.engine = engine;
    this.temperature = temperature;
  }

  /** Returns {@code engine} with the temperature of {@code manifest}, or as it is without one. */
  static EmotionClassifier of(EmotionClassifier engine, BundleManifest manifest) {
    Calibration calibration = manifest.calibration();
    return calibration == null
        ? engine
        : new CalibratedClassifier(engine, calibration.temperature());
  }

  @Override
  public String modelId() {
    return engine.modelId();
  }

  @Override
  public String engine() {
    return engine.engine();
  }

  @Override
  public float[][] classify(float[][] faces) {
    float[][] answers = engine.classify(faces);
    for (int i = 0; i < answers.length; i++) {
      answers[i] = Temperature.scale(answers[i], temperature);
    }
    return answers;
  }

  @Override
  public void close() {
    engine.close();
  }
}
