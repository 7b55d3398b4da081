// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.emotionstream.dashboard.live.ModelFigures;
import io.emotionstream.model.BundleManifest;
import io.emotionstream.model.ModelBundle;
import io.emotionstream.trainer.evaluate.Interval;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What this process knows of models: of evaluations first, given or of the shipped model on the
 * public test faces; else what a bundle says of its validation.
 */
final class MeasuredModels {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SHIPPED = "evaluation/metrics.json";

  private MeasuredModels() {}

  /**
   * Returns figures by preference: where a model is named twice, the first counts.
   *
   * @throws IllegalArgumentException if a file is no evaluation
   */
  static List<ModelFigures> of(ModelBundle bundle, List<Path> evaluations) throws IOException {
    List<ModelFigures> figures = new ArrayList<>();
    for (Path file : evaluations) {
      figures.add(read(file));
    }
    shippedEvaluation().ifPresent(figures::add);
    figures.add(ofValidation(bundle));
    return figures;
  }

  private static ModelFigures read(Path file) throws IOException {
    try {
      return figures(JSON.readTree(Files.readString(file)));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "--evaluation: there is no file %s: './emotion evaluate --out' writes metrics.json"
              .formatted(file),
          e);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--evaluation: %s is no evaluation: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Optional<ModelFigures> shippedEvaluation() throws IOException {
    try (InputStream in = MeasuredModels.class.getResourceAsStream(SHIPPED)) {
      return in == null ? Optional.empty() : Optional.of(figures(JSON.readTree(in)));
    }
  }

  private static ModelFigures figures(JsonNode metrics) {
    if (!metrics.hasNonNull("modelId") || !metrics.path("accuracy").isNumber()) {
      throw new IllegalArgumentException("it has no modelId or no accuracy");
    }
    JsonNode interval = metrics.path("accuracyInterval");
    return new ModelFigures(
        metrics.get("modelId").asText(),
        metrics.hasNonNull("network") ? metrics.get("network").asText() : null,
        number(metrics.path("accuracy")),
        number(interval.path(0)),
        number(interval.path(1)),
        number(metrics.path("macroF1")),
        metrics.hasNonNull("split") ? metrics.get("split").asText() : null,
        metrics.path("n").isNumber() ? metrics.get("n").asLong() : null);
  }

  private static ModelFigures ofValidation(ModelBundle bundle) {
    BundleManifest manifest = bundle.manifest();
    Map<String, Double> metrics = manifest.metrics();
    Double accuracy = metrics.get("validationAccuracy");
    String faces = manifest.provenance().getOrDefault("validationFaces", "");
    Long count = faces.matches("\\d{1,9}") ? Long.valueOf(faces) : null;
    Interval interval =
        accuracy == null || count == null || count == 0
            ? null
            : Interval.wilson(Math.round(accuracy * count), count);
    return new ModelFigures(
        bundle.modelId(),
        manifest.network(),
        accuracy,
        interval == null ? null : interval.low(),
        interval == null ? null : interval.high(),
        metrics.get("validationMacroF1"),
        accuracy == null ? null : "validation",
        count);
  }

  private static @Nullable Double number(JsonNode node) {
    return node.isNumber() ? node.asDouble() : null;
  }
}
