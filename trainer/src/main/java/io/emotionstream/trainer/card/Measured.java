// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.card;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.emotionstream.model.Emotions;
import io.emotionstream.trainer.evaluate.EvaluationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/**
 * One evaluation as it was written to {@code metrics.json}. Immutable.
 *
 * @param directory that it was read from
 * @param root of the JSON tree
 */
record Measured(Path directory, JsonNode root) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> REQUIRED =
      List.of("modelId", "split", "n", "accuracy", "accuracyInterval", "perClass", "calibration");

  /**
   * Reads the evaluation in a directory.
   *
   * @throws IOException if there is none, or it is of an older version
   */
  static Measured read(Path directory) throws IOException {
    Path file = directory.resolve(EvaluationReport.JSON_FILE);
    JsonNode root;
    try {
      root = JSON.readTree(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new IOException(
          file + ": no such file: './emotion evaluate --out " + directory + "' writes it", e);
    } catch (JacksonException e) {
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
    for (String name : REQUIRED) {
      if (!root.has(name)) {
        throw new IOException("%s has no %s: evaluate again".formatted(file, name));
      }
    }
    return new Measured(directory, root);
  }

  String modelId() {
    return root.get("modelId").asText();
  }

  String split() {
    return root.get("split").asText();
  }

  JsonNode at(String path) {
    return root.at(path);
  }

  boolean has(String name) {
    return root.hasNonNull(name);
  }

  /** Returns the names of the classes with the lowest recalls, lowest first. */
  List<String> weakestClasses(int count) {
    return Emotions.names().stream()
        .filter(name -> at("/perClass/" + name + "/recall").isNumber())
        .sorted(
            (one, other) ->
                Double.compare(
                    at("/perClass/" + one + "/recall").asDouble(),
                    at("/perClass/" + other + "/recall").asDouble()))
        .limit(count)
        .toList();
  }

  List<JsonNode> list(String path) {
    return StreamSupport.stream(at(path).spliterator(), false).toList();
  }

  /** Returns a ratio in percent, or a dash if it is undefined. */
  static String percent(JsonNode ratio) {
    return ratio.isNumber() ? String.format(Locale.ROOT, "%.1f %%", 100 * ratio.asDouble()) : "-";
  }

  /** Returns a ratio with the ends of its interval, in percent. */
  static String percent(JsonNode ratio, JsonNode interval) {
    return ratio.isNumber() && interval.size() == 2
        ? String.format(
            Locale.ROOT,
            "%.1f %% (%.1f to %.1f)",
            100 * ratio.asDouble(),
            100 * interval.get(0).asDouble(),
            100 * interval.get(1).asDouble())
        : percent(ratio);
  }
}
