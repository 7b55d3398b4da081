// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.emotionstream.model.Emotions;
import java.util.Locale;

/**
 * An evaluation with what it is of, to be printed or stored.
 *
 * @param split name of the faces, such as {@code PublicTest}
 * @param modelId {@link io.emotionstream.model.ModelBundle#modelId()} of the classifier
 * @param evaluation the counts
 */
public record EvaluationReport(String split, String modelId, Evaluation evaluation) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * Returns {@code {accuracy, macroF1, perClass, confusionMatrix, split, n, modelId}}; an undefined
   * ratio is null.
   */
  public String toJson() {
    ObjectNode root = JSON.createObjectNode();
    put(root, "accuracy", evaluation.accuracy());
    put(root, "macroF1", evaluation.macroF1());
    ObjectNode perClass = root.putObject("perClass");
    for (ClassMetrics metrics : evaluation.perClass()) {
      ObjectNode node = perClass.putObject(Emotions.nameOf(metrics.emotion()));
      put(node, "precision", metrics.precision());
      put(node, "recall", metrics.recall());
      put(node, "f1", metrics.f1());
      node.put("support", metrics.support());
    }
    root.set("confusionMatrix", JSON.valueToTree(evaluation.confusionMatrix()));
    root.put("split", split);
    root.put("n", evaluation.count());
    root.put("modelId", modelId);
    try {
      return JSON.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of numbers and strings is always JSON", e);
    }
  }

  /** Returns a table of the classes and the confusion matrix, for people. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "model %s on %s, %d faces: accuracy %s, macro F1 %s%n%n",
            modelId,
            split,
            evaluation.count(),
            percent(evaluation.accuracy()),
            percent(evaluation.macroF1())));
    text.append(String.format("%-10s%10s%10s%10s%10s", "", "precision", "recall", "F1", "faces"));
    text.append("   ").append("predicted as, in this order").append('\n');
    long[][] matrix = evaluation.confusionMatrix();
    for (ClassMetrics metrics : evaluation.perClass()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-10s%10s%10s%10s%10d   ",
              Emotions.nameOf(metrics.emotion()),
              percent(metrics.precision()),
              percent(metrics.recall()),
              percent(metrics.f1()),
              metrics.support()));
      for (long count : matrix[Emotions.ALL.indexOf(metrics.emotion())]) {
        text.append(String.format("%6d", count));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static void put(ObjectNode node, String name, double value) {
    if (Double.isNaN(value)) {
      node.putNull(name);
    } else {
      node.put(name, value);
    }
  }

  private static String percent(double ratio) {
    return Double.isNaN(ratio) ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * ratio);
  }
}
