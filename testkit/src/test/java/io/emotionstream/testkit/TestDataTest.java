// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestDataTest {
  @TempDir Path repository;

  private Path module;

  @BeforeEach
  void makeRepository() throws IOException {
    Files.writeString(repository.resolve("mvnw"), "");
    module = Files.createDirectories(repository.resolve("trainer"));
  }

  @Test
  void looksIntoTheRepositorysDataFolderByDefault() throws IOException {
    Path csv = Files.createDirectories(repository.resolve("data")).resolve("fer2013.csv");
    Files.writeString(csv, "emotion,pixels,Usage\n");

    assertThat(new TestData(module, Map.of()).findFer2013()).contains(csv);
  }

  @Test
  void takesTheFolderThatTheEnvironmentNames(@TempDir Path elsewhere) throws IOException {
    Path csv = elsewhere.resolve("fer2013.csv.gz");
    Files.writeString(csv, "");
    Files.createDirectories(repository.resolve("relative"));

    TestData absolute = new TestData(module, Map.of("EMOTION_DATA", elsewhere.toString()));
    TestData relative = new TestData(module, Map.of("EMOTION_DATA", "relative"));

    assertThat(absolute.findFer2013()).contains(csv);
    assertThat(relative.missing()).contains(repository.resolve("relative").toString());
  }

  @Test
  void saysWhereTheDataIsMissingAndWhatToDo() {
    TestData data = new TestData(module, Map.of());

    assertThat(data.findFer2013()).isEmpty();
    assertThat(data.missing())
        .isEqualTo(
            "skipped: no fer2013.csv in %s, set EMOTION_DATA"
                .formatted(repository.resolve("data")));
  }
}
