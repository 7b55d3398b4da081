// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.emotionstream.model.Emotions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Two evaluations of the same faces side by side, single crop.
 *
 * @param first evaluation
 * @param second of the same faces in the same order
 */
public record Comparison(EvaluationReport first, EvaluationReport second) {
  private static final String JSON_FILE = "comparison.json";
  private static final String TEXT_FILE = "comparison.txt";

  /** Returns McNemar's test of the two. */
  public McNemar test() {
    return McNemar.of(first.plain(), second.plain());
  }

  /** Returns the two as tables for people. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    Evaluation one = first.plain().evaluation();
    Evaluation other = second.plain().evaluation();
    line(text, "%s, %d faces, single crop; intervals are of 95 %%", first.split(), one.count());
    line(text, "");
    line(
        text,
        "%-20s%22s%22s%12s",
        "",
        first.subject().modelId(),
        second.subject().modelId(),
        "second-first");
    row(text, "accuracy", one.accuracy(), other.accuracy());
    row(text, "macro F1", one.macroF1(), other.macroF1());
    row(text, "calibration error", error(first), error(second));
    for (int label = 0; label < Emotions.COUNT; label++) {
      row(
          text,
          "recall " + Emotions.names().get(label),
          one.perClass().get(label).recall(),
          other.perClass().get(label).recall());
    }
    McNemar test = test();
    line(text, "");
    line(
        text,
        "only the first is right on %d faces, only the second on %d: accuracy changes by %s points,"
            + " McNemar's exact p = %.4g",
        test.onlyFirst(),
        test.onlySecond(),
        ReportText.interval(test.difference(one.count())),
        test.pValue());
    return text.toString();
  }

  /** Returns the two, their test and the interval of the difference. */
  public String toJson() {
    ObjectNode root = ReportJson.tree();
    root.put("split", first.split());
    root.put("n", first.plain().size());
    putOne(root.putObject("first"), first);
    putOne(root.putObject("second"), second);
    McNemar test = test();
    ObjectNode mcnemar = root.putObject("mcNemar");
    mcnemar.put("onlyFirst", test.onlyFirst()).put("onlySecond", test.onlySecond());
    mcnemar.put("pValue", test.pValue());
    ReportJson.put(root, "accuracyDifferenceInterval", test.difference(first.plain().size()));
    return ReportJson.text(root);
  }

  /** Writes {@code comparison.json} and {@code comparison.txt} into a directory. */
  public void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(JSON_FILE), toJson() + "\n");
    Files.writeString(directory.resolve(TEXT_FILE), toText());
  }

  private static void putOne(ObjectNode node, EvaluationReport report) {
    node.put("modelId", report.subject().modelId());
    node.put("network", report.subject().network());
    node.put("parameters", report.subject().parameters());
    ReportJson.putScores(node, report.plain());
    ReportJson.put(node, "ece", error(report));
  }

  private static double error(EvaluationReport report) {
    return Reliability.of(report.served()).expectedCalibrationError();
  }

  private static void row(StringBuilder text, String name, double one, double other) {
    double difference = 100 * (other - one);
    line(
        text,
        "%-20s%22s%22s%12s",
        name,
        ReportText.percent(one),
        ReportText.percent(other),
        Double.isNaN(difference) ? "-" : String.format(Locale.ROOT, "%+.2f", difference));
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
