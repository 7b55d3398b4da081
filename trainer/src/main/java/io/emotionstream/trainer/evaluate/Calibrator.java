// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import io.emotionstream.model.Calibration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Fits the calibration of a network to its answers to validation faces, which it was not trained
 * on.
 *
 * <p>The temperature is the one of the least log loss (Guo et al. 2017), unless it raises the
 * expected calibration error of the very faces that it is fitted to: then it is 1. The log loss of
 * a network trained with smoothed or mixed labels asks for sharper answers because of the classes
 * that are out of the question, while its top-1 probabilities are right as they are. The threshold
 * of uncertainty is the lowest at which the faces that are kept reach a target accuracy.
 */
public final class Calibrator {
  /** Share of right answers that the kept faces of the validation data are to reach. */
  public static final double TARGET_ACCURACY = 0.8;

  /** 1 / temperature lies between these; a useful network is far inside. */
  private static final double LEAST_SHARPNESS = 0.02;

  private static final double GREATEST_SHARPNESS = 50;
  private static final int STEPS = 60;

  private Calibrator() {}

  /**
   * Fits a calibration.
   *
   * @param probabilities softmax outputs as the network answers, seven a face; uncalibrated
   * @param labels one a face, in [0, 6]
   * @param split name of the faces, such as {@code validation}
   */
  public static Calibration fit(List<float[]> probabilities, int[] labels, String split) {
    return fit(Answers.of(labels, probabilities.toArray(float[][]::new)), split);
  }

  /**
   * Fits a calibration.
   *
   * @param answers uncalibrated
   * @param split name of the faces
   * @throws IllegalArgumentException without faces
   */
  public static Calibration fit(Answers answers, String split) {
    if (answers.size() == 0) {
      throw new IllegalArgumentException("calibration: " + split + " has no face to fit it to");
    }
    double temperature = helpful(temperature(answers), answers);
    RiskCoverage curve = RiskCoverage.of(answers.scaled(temperature));
    Optional<RiskCoverage.Point> point = curve.mostAtAccuracy(TARGET_ACCURACY);
    boolean all = point.map(p -> p.kept() == answers.size()).orElse(false);
    double threshold = all ? 0 : point.map(RiskCoverage.Point::threshold).orElse(1.0);
    String rule =
        String.format(
            Locale.ROOT,
            "lowest top-1 probability at which the kept faces of %s are %.0f %% right%s",
            split,
            100 * TARGET_ACCURACY,
            point.isPresent() ? "" : " (never reached)");
    return Calibration.of(
        temperature, threshold, rule, answers.evaluation().confusionMatrix(), split);
  }

  private static double helpful(double temperature, Answers answers) {
    double before = Reliability.of(answers).expectedCalibrationError();
    double after = Reliability.of(answers.scaled(temperature)).expectedCalibrationError();
    return after <= before ? temperature : 1;
  }

  /** Returns the temperature of the least log loss, which is convex in its inverse. */
  static double temperature(Answers answers) {
    double low = LEAST_SHARPNESS;
    double high = GREATEST_SHARPNESS;
    for (int step = 0; step < STEPS; step++) {
      double third = (high - low) / 3;
      if (logLoss(answers, low + third) < logLoss(answers, high - third)) {
        high -= third;
      } else {
        low += third;
      }
    }
    return 2 / (low + high);
  }

  /** Returns the log loss with logits times {@code sharpness}, without a bound on the logarithm. */
  private static double logLoss(Answers answers, double sharpness) {
    double sum = 0;
    for (int i = 0; i < answers.size(); i++) {
      float[] probabilities = answers.probabilities(i);
      double greatest = answers.confidence(i);
      double total = 0;
      for (float probability : probabilities) {
        total += Math.pow(probability / greatest, sharpness);
      }
      double own = Math.max(probabilities[answers.label(i)], Float.MIN_VALUE);
      sum += Math.log(total) - sharpness * Math.log(own / greatest);
    }
    return sum;
  }
}
