// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emotionstream.dashboard.live.ModelFigures;
import io.emotionstream.model.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredModelsTest {
  @TempDir private Path directory;

  @Test
  void knowsTheShippedModelWithItsInterval() throws IOException {
    ModelBundle shipped = ModelBundle.shipped();

    ModelFigures figures = firstOf(shipped.modelId(), MeasuredModels.of(shipped, List.of()));

    assertThat(figures.network()).isEqualTo(shipped.manifest().network());
    assertThat(figures.accuracy()).isBetween(figures.accuracyLow(), figures.accuracyHigh());
    assertThat(figures.faces()).isGreaterThan(1_000);
    assertThat(figures.split()).isIn("PublicTest", "validation");
  }

  @Test
  void prefersAnEvaluationThatIsGiven() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("metrics.json"),
            "{\"modelId\": \"abc\", \"accuracy\": 0.5, \"split\": \"mine\", \"n\": 10}");

    ModelFigures figures = MeasuredModels.of(ModelBundle.shipped(), List.of(file)).get(0);

    assertThat(figures)
        .isEqualTo(new ModelFigures("abc", null, 0.5, null, null, null, "mine", 10L));
  }

  @Test
  void saysWhichFileIsNoEvaluation() throws IOException {
    ModelBundle shipped = ModelBundle.shipped();
    Path other = Files.writeString(directory.resolve("other.json"), "{}");
    Path missing = directory.resolve("missing.json");

    assertThatThrownBy(() -> MeasuredModels.of(shipped, List.of(other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other.json is no evaluation");
    assertThatThrownBy(() -> MeasuredModels.of(shipped, List.of(missing)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no file " + missing);
  }

  private static ModelFigures firstOf(String id, List<ModelFigures> figures) {
    return figures.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
  }
}
