// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import io.emotionstream.model.Calibration;
import io.emotionstream.model.Emotions;
import java.util.List;
import java.util.Locale;

/** {@code report.txt}, and what is printed. */
final class ReportText {
  private static final int TOP = 6;
  private static final double[] COVERAGES = {1, 0.9, 0.8, 0.7, 0.6, 0.5};

  private final EvaluationReport report;
  private final StringBuilder text = new StringBuilder();

  ReportText(EvaluationReport report) {
    this.report = report;
  }

  String write() {
    Subject subject = report.subject();
    Evaluation evaluation = report.plain().evaluation();
    line(
        "model %s on %s, %d faces: accuracy %s, macro F1 %s",
        subject.modelId(),
        report.split(),
        evaluation.count(),
        percent(evaluation.accuracy()),
        percent(evaluation.macroF1()));
    line(
        "%s, %,d parameters, %.1f million multiply-adds a face; intervals are of 95 %%",
        subject.network(), subject.parameters(), subject.multiplyAdds() / 1e6);
    line("");
    scores("single crop", report.plain());
    Answers flipped = report.flipAveraged();
    if (flipped != null) {
      scores("averaged with its mirror image", flipped);
    }
    writeCopies();
    line("");
    writeClasses(evaluation);
    writeConfusions(evaluation);
    writeCalibration();
    writeCoverage();
    line(
        "%.0f faces a second, one thread, batches of %d, on %s",
        report.speed().imagesPerSecond(), report.speed().batch(), report.speed().machine());
    return text.toString();
  }

  private void scores(String what, Answers answers) {
    Evaluation evaluation = answers.evaluation();
    line(
        "%-32s accuracy %s %s, macro F1 %s %s",
        what,
        percent(evaluation.accuracy()),
        interval(evaluation.accuracyInterval()),
        percent(evaluation.macroF1()),
        interval(Bootstrap.macroF1(answers)));
  }

  private void writeCopies() {
    Copies copies = report.copies();
    if (copies == null) {
      return;
    }
    scores(
        "single crop, without %d copies".formatted(copies.copies()),
        report.plain().select(copies.others()));
    copies
        .check()
        .ifPresent(
            check ->
                line(
                    "  copies of training faces: the quality file agrees on %d faces, %d are found"
                        + " here alone, %d in the file alone",
                    check.agreeing(), check.onlyHere(), check.onlyFile()));
  }

  private void writeClasses(Evaluation evaluation) {
    line(
        "%-10s%10s%10s%18s%10s%8s   predicted as, in this order",
        "", "precision", "recall", "", "F1", "faces");
    long[][] matrix = evaluation.confusionMatrix();
    for (ClassMetrics metrics : evaluation.perClass()) {
      StringBuilder counts = new StringBuilder();
      for (long count : matrix[EvaluationReport.label(metrics)]) {
        counts.append(String.format(Locale.ROOT, "%6d", count));
      }
      line(
          "%-10s%10s%10s%18s%10s%8d   %s",
          Emotions.nameOf(metrics.emotion()),
          percent(metrics.precision()),
          percent(metrics.recall()),
          interval(metrics.recallInterval()),
          percent(metrics.f1()),
          metrics.support(),
          counts);
    }
    line("");
  }

  private void writeConfusions(Evaluation evaluation) {
    List<Confusion> top = evaluation.topConfusions(TOP);
    if (top.isEmpty()) {
      return;
    }
    line("most frequent confusions:");
    for (Confusion confusion : top) {
      line(
          "  %s taken for %s: %d faces, %s of all %s ones",
          Emotions.nameOf(confusion.truth()),
          Emotions.nameOf(confusion.prediction()),
          confusion.count(),
          percent(confusion.share()),
          Emotions.nameOf(confusion.truth()));
    }
    line("");
  }

  private void writeCalibration() {
    Calibration calibration = report.calibration();
    double before = Reliability.of(report.plain()).expectedCalibrationError();
    if (calibration == null) {
      line(
          "calibration: expected error %s; no temperature is fitted (--calibrate does)",
          percent(before));
      return;
    }
    line(
        "calibration: expected error %s, after the temperature of %.3f (fitted on %s) %s",
        percent(before),
        calibration.temperature(),
        calibration.split(),
        percent(Reliability.of(report.served()).expectedCalibrationError()));
    UncertainFaces faces = UncertainFaces.of(report.served(), calibration.uncertainBelow());
    line(
        "uncertain: %s of the faces have a top-1 probability below %.3f; accuracy of the others"
            + " %s %s",
        percent(faces.share()),
        calibration.uncertainBelow(),
        percent(faces.others().accuracy()),
        interval(faces.others().accuracyInterval()));
  }

  private void writeCoverage() {
    RiskCoverage curve = RiskCoverage.of(report.served());
    StringBuilder points = new StringBuilder();
    for (double coverage : COVERAGES) {
      curve
          .atCoverage(coverage)
          .ifPresent(
              point ->
                  points.append(
                      String.format(
                          Locale.ROOT,
                          "  %.0f %%: %s",
                          100 * coverage,
                          percent(point.accuracy()))));
    }
    line("accuracy of the surest faces:%s", points);
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  static String percent(double ratio) {
    return Double.isNaN(ratio) ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * ratio);
  }

  static String interval(Interval interval) {
    return Double.isNaN(interval.low())
        ? ""
        : String.format(Locale.ROOT, "[%.2f, %.2f]", 100 * interval.low(), 100 * interval.high());
  }
}
