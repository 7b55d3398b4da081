// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.emotionstream.model.Calibration;
import io.emotionstream.model.Emotions;
import java.util.Map;
import java.util.TreeMap;

/** {@code metrics.json}. Ratios are in [0, 1], intervals are pairs, an undefined ratio is null. */
final class ReportJson {
  private static final int TOP = 10;
  private static final double[] COVERAGES = {
    0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1
  };

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final EvaluationReport report;

  ReportJson(EvaluationReport report) {
    this.report = report;
  }

  String write() {
    ObjectNode root = JSON.createObjectNode();
    putScores(root, report.plain());
    putClasses(root, report.plain().evaluation());
    root.put("split", report.split());
    root.put("n", report.plain().size());
    root.put("modelId", report.subject().modelId());
    root.put("network", report.subject().network());
    root.put("parameters", report.subject().parameters());
    root.put("multiplyAdds", report.subject().multiplyAdds());
    root.put("dataFingerprint", report.dataFingerprint());
    root.put("protocol", "single crop");
    Answers flipped = report.flipAveraged();
    if (flipped != null) {
      putScores(root.putObject("flipAveraged"), flipped);
    }
    putCopies(root);
    putCalibration(root);
    putRiskCoverage(root.putObject("riskCoverage"));
    put(root, "imagesPerSecond", report.speed().imagesPerSecond());
    root.put("batch", report.speed().batch());
    root.put("machine", report.speed().machine());
    ObjectNode settings = root.putObject("settings");
    for (Map.Entry<String, String> setting :
        new TreeMap<>(report.subject().settings()).entrySet()) {
      settings.put(setting.getKey(), setting.getValue());
    }
    return text(root);
  }

  static void putScores(ObjectNode node, Answers answers) {
    Evaluation evaluation = answers.evaluation();
    put(node, "accuracy", evaluation.accuracy());
    put(node, "accuracyInterval", evaluation.accuracyInterval());
    put(node, "macroF1", evaluation.macroF1());
    put(node, "macroF1Interval", Bootstrap.macroF1(answers));
  }

  static void put(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }

  static void put(ObjectNode node, String name, Interval interval) {
    if (Double.isNaN(interval.low())) {
      node.putNull(name);
    } else {
      node.putArray(name).add(interval.low()).add(interval.high());
    }
  }

  static String text(ObjectNode root) {
    try {
      return JSON.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of numbers and strings is always JSON", e);
    }
  }

  static ObjectNode tree() {
    return JSON.createObjectNode();
  }

  private static void putClasses(ObjectNode root, Evaluation evaluation) {
    ObjectNode perClass = root.putObject("perClass");
    for (ClassMetrics metrics : evaluation.perClass()) {
      ObjectNode node = perClass.putObject(Emotions.nameOf(metrics.emotion()));
      put(node, "precision", metrics.precision());
      put(node, "recall", metrics.recall());
      put(node, "recallInterval", metrics.recallInterval());
      put(node, "f1", metrics.f1());
      node.put("support", metrics.support());
    }
    root.set("confusionMatrix", JSON.valueToTree(evaluation.confusionMatrix()));
    ArrayNode confusions = root.putArray("topConfusions");
    for (Confusion confusion : evaluation.topConfusions(TOP)) {
      confusions
          .addObject()
          .put("truth", Emotions.nameOf(confusion.truth()))
          .put("prediction", Emotions.nameOf(confusion.prediction()))
          .put("count", confusion.count())
          .put("shareOfTruth", confusion.share());
    }
  }

  private void putCopies(ObjectNode root) {
    Copies copies = report.copies();
    if (copies == null) {
      return;
    }
    ObjectNode node = root.putObject("withoutCopiesInTraining");
    Answers others = report.plain().select(copies.others());
    node.put("n", others.size());
    node.put("copies", copies.copies());
    putScores(node, others);
    copies
        .check()
        .ifPresent(
            check ->
                node.putObject("qualityFile")
                    .put("agreeing", check.agreeing())
                    .put("onlyHere", check.onlyHere())
                    .put("onlyFile", check.onlyFile()));
  }

  private void putCalibration(ObjectNode root) {
    ObjectNode node = root.putObject("calibration");
    putReliability(node, "before", report.plain());
    Calibration calibration = report.calibration();
    if (calibration == null) {
      node.putNull("after");
      return;
    }
    node.put("temperature", calibration.temperature());
    node.put("fittedOn", calibration.split());
    putReliability(node, "after", report.served());
    ObjectNode uncertain = root.putObject("uncertain");
    uncertain.put("below", calibration.uncertainBelow());
    uncertain.put("rule", calibration.rule());
    UncertainFaces faces = UncertainFaces.of(report.served(), calibration.uncertainBelow());
    uncertain.put("count", faces.uncertain());
    put(uncertain, "share", faces.share());
    put(uncertain, "accuracyOfTheOthers", faces.others().accuracy());
    put(uncertain, "accuracyOfTheOthersInterval", faces.others().accuracyInterval());
  }

  private static void putReliability(ObjectNode parent, String name, Answers answers) {
    ObjectNode node = parent.putObject(name);
    Reliability reliability = Reliability.of(answers);
    put(node, "ece", reliability.expectedCalibrationError());
    put(node, "logLoss", answers.logLoss());
    ArrayNode bins = node.putArray("bins");
    for (Reliability.Bin bin : reliability.bins()) {
      ObjectNode entry = bins.addObject();
      entry.put("low", bin.low()).put("high", bin.high()).put("count", bin.count());
      put(entry, "confidence", bin.confidence());
      put(entry, "accuracy", bin.accuracy());
    }
  }

  private void putRiskCoverage(ObjectNode node) {
    RiskCoverage curve = RiskCoverage.of(report.served());
    put(node, "areaUnderRisk", curve.areaUnderRisk());
    ArrayNode points = node.putArray("points");
    for (double coverage : COVERAGES) {
      curve
          .atCoverage(coverage)
          .ifPresent(
              point ->
                  points
                      .addObject()
                      .put("coverage", point.coverage())
                      .put("accuracy", point.accuracy())
                      .put("threshold", point.threshold()));
    }
  }
}
