// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole bench in its smallest size: that it measures, never what. */
class BenchIT {
  @TempDir Path directory;

  @Test
  void writesTheSevenFiguresAChartAndAPage() throws Exception {
    Path page = directory.resolve("page.md");

    int exitCode =
        BenchCommand.run(
            "--smallest", "--out", directory.toString(), "--markdown", page.toString());

    assertThat(exitCode).isZero();
    JsonNode report =
        JsonMapper.builder().build().readTree(directory.resolve("bench.json").toFile());
    for (String figure :
        new String[] {
          "pipelineOverRaw",
          "dl4jOverOnnx",
          "batchedOverSingle",
          "eosOverAlos",
          "p99FrameToEventMsAtHalfLoad",
          "rawFacesPerSecondPerCore",
          "pipelineFacesPerSecondPerCore"
        }) {
      assertThat(report.get(figure)).as(figure).isNotNull();
      assertThat(report.get(figure).isNumber()).as(figure).isTrue();
      assertThat(report.get(figure).asDouble()).as(figure).isPositive().isFinite();
    }
    assertThat(report.at("/run/modelId").asText()).matches("[0-9a-f]{12}");
    assertThat(report.at("/run/seed").asLong()).isEqualTo(42);
    assertThat(report.at("/latencies")).hasSize(3);
    assertThat(ImageIO.read(directory.resolve("bench.png").toFile())).isNotNull();
    assertThat(page).content().startsWith("# Performance").contains("exactly_once_v2");
    try (var files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("the broker's data is gone")
          .containsExactlyInAnyOrder("bench.json", "bench.png", "logs", "page.md", "page.png");
    }
  }
}
