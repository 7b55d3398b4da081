// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import io.emotionstream.trainer.chart.XyFigure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Draws {@code accuracy.png} and {@code loss.png}: training and validation by epoch. */
final class Curves {
  private Curves() {}

  /**
   * Draws both figures; the best epoch is marked, and the overfitting gap, training less validation
   * accuracy at the best epoch, is in the title.
   */
  static void draw(List<EpochResult> epochs, BestEpoch best, Path directory) throws IOException {
    EpochResult chosen = epochs.get(best.epoch() - 1);
    String title =
        String.format(
            Locale.ROOT,
            "Accuracy: best epoch %d with %.1f %%, overfitting gap %.1f points",
            best.epoch(),
            100 * chosen.validationAccuracy(),
            100 * gap(chosen));
    draw(
        XyFigure.of(title, "epoch", "accuracy"),
        epochs,
        EpochResult::trainingAccuracy,
        EpochResult::validationAccuracy,
        best,
        directory.resolve("accuracy.png"));
    draw(
        XyFigure.of("Loss: mean cross-entropy", "epoch", "loss"),
        epochs,
        EpochResult::trainingLoss,
        EpochResult::validationLoss,
        best,
        directory.resolve("loss.png"));
  }

  /** Returns training less validation accuracy. */
  static double gap(EpochResult epoch) {
    return epoch.trainingAccuracy() - epoch.validationAccuracy();
  }

  private static void draw(
      XyFigure figure,
      List<EpochResult> epochs,
      ToDoubleFunction<EpochResult> training,
      ToDoubleFunction<EpochResult> validation,
      BestEpoch best,
      Path file)
      throws IOException {
    double[] numbers = epochs.stream().mapToDouble(EpochResult::epoch).toArray();
    double[] trained = epochs.stream().mapToDouble(training).toArray();
    double[] validated = epochs.stream().mapToDouble(validation).toArray();
    double least = Math.min(least(trained), least(validated));
    double greatest = Math.max(greatest(trained), greatest(validated));
    figure
        .line("training (augmented)", numbers, trained)
        .line("validation", numbers, validated)
        .mark("best epoch", best.epoch(), least, greatest)
        .write(file);
  }

  private static double least(double[] values) {
    return java.util.Arrays.stream(values).min().orElseThrow();
  }

  private static double greatest(double[] values) {
    return java.util.Arrays.stream(values).max().orElseThrow();
  }
}
