// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import io.emotionstream.model.Calibration;
import io.emotionstream.model.Emotions;
import io.emotionstream.trainer.chart.BarFigure;
import io.emotionstream.trainer.chart.MatrixFigure;
import io.emotionstream.trainer.chart.XyFigure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The pictures of a report. */
final class ReportFigures {
  private static final String ACCURACY = "accuracy";

  private ReportFigures() {}

  static void write(EvaluationReport report, Path directory) throws IOException {
    Evaluation evaluation = report.plain().evaluation();
    if (evaluation.count() == 0) {
      return;
    }
    String of = "%s on %s".formatted(report.subject().modelId(), report.split());
    MatrixFigure.confusion(
            "Confusion matrix of " + of, Emotions.names(), evaluation.confusionMatrix())
        .write(directory.resolve("confusion.png"));
    perClass(of, evaluation).write(directory.resolve("per-class.png"));
    reliability(of, report).write(directory.resolve("reliability.png"));
    riskCoverage(of, report).write(directory.resolve("risk-coverage.png"));
  }

  private static BarFigure perClass(String of, Evaluation evaluation) {
    List<ClassMetrics> classes = evaluation.perClass();
    return BarFigure.of("Each class, " + of, "class", "ratio", Emotions.names())
        .bars("precision", values(classes, ClassMetrics::precision))
        .bars(
            "recall, 95 %",
            values(classes, ClassMetrics::recall),
            values(classes, metrics -> metrics.recallInterval().halfWidth()))
        .bars("F1", values(classes, ClassMetrics::f1))
        .yTo(1);
  }

  private static double[] values(
      List<ClassMetrics> classes, ToDoubleFunction<ClassMetrics> metric) {
    return classes.stream().mapToDouble(metric).toArray();
  }

  private static XyFigure reliability(String of, EvaluationReport report) {
    XyFigure figure =
        XyFigure.of("Reliability, " + of, "probability of the top-1 class", ACCURACY)
            .reference("ideal", new double[] {0, 1}, new double[] {0, 1});
    addReliability(figure, "uncalibrated", report.plain());
    Calibration calibration = report.calibration();
    if (calibration != null) {
      addReliability(
          figure,
          String.format(Locale.ROOT, "temperature %.2f", calibration.temperature()),
          report.served());
    }
    return figure.xRange(0, 1).yRange(0, 1);
  }

  private static void addReliability(XyFigure figure, String name, Answers answers) {
    Reliability reliability = Reliability.of(answers);
    List<Reliability.Bin> bins =
        reliability.bins().stream().filter(bin -> bin.count() > 0).toList();
    figure.line(
        String.format(
            Locale.ROOT, "%s, ECE %.1f %%", name, 100 * reliability.expectedCalibrationError()),
        bins.stream().mapToDouble(Reliability.Bin::confidence).toArray(),
        bins.stream().mapToDouble(Reliability.Bin::accuracy).toArray());
  }

  private static XyFigure riskCoverage(String of, EvaluationReport report) {
    List<RiskCoverage.Point> points = RiskCoverage.of(report.served()).points();
    XyFigure figure =
        XyFigure.of(
                "Surest faces first, " + of, "share of the faces kept", "accuracy of those kept")
            .line(
                ACCURACY,
                points.stream().mapToDouble(RiskCoverage.Point::coverage).toArray(),
                points.stream().mapToDouble(RiskCoverage.Point::accuracy).toArray());
    Calibration calibration = report.calibration();
    double low = Math.max(0, report.plain().evaluation().accuracy() - 0.1);
    if (calibration != null) {
      double kept = 1 - UncertainFaces.of(report.served(), calibration.uncertainBelow()).share();
      figure.mark(
          String.format(Locale.ROOT, "threshold %.2f", calibration.uncertainBelow()), kept, low, 1);
    }
    return figure.xRange(0, 1).yRange(low, 1);
  }
}
