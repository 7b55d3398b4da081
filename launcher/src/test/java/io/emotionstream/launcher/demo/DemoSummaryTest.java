// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.emotionstream.launcher.demo.DemoSummary.Latency;
import io.emotionstream.schemas.Emotion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoSummaryTest {

  @Test
  void balancesWhenEveryFaceIsAccountedFor() {
    assertThat(summary(100, 98, 2, 98, 95, 3).imbalances()).isEmpty();
  }

  @Test
  void namesEveryRelationThatDoesNotHold() {
    assertThat(summary(100, 97, 2, 98, 95, 3).imbalances())
        .containsExactly(
            "framesPublished = facesClassified + deadLettered does not hold: 100 and 99",
            "facesClassified = eventsStored does not hold: 97 and 98",
            "10s windows: facesClassified x 1 = windowedFaces + missed does not hold: 97 and 98",
            "1m/30s windows: facesClassified x 2 = windowedFaces + missed does not hold: 194 and"
                + " 196");
  }

  @Test
  void writesWhatProgramsRead(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("s.json");

    summary(100, 98, 2, 98, 95, 3).write(file);

    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertThat(json.get("framesPublished").asLong()).isEqualTo(100);
    assertThat(json.at("/countsByCamera/lobby/happy").asLong()).isEqualTo(7);
    assertThat(json.at("/countsByCamera/lobby").size()).isEqualTo(7);
    assertThat(json.at("/latencyMs/p99").asDouble()).isEqualTo(40);
    assertThat(json.get("modelId").asText()).isEqualTo("0123456789ab");
  }

  private static DemoSummary summary(
      long frames, long events, long dead, long stored, long windowed, long late) {
    ClassCounts lobby = new ClassCounts();
    lobby.add(Emotion.HAPPY, 7);
    return new DemoSummary(
        frames,
        events,
        dead,
        stored,
        4,
        4,
        windowed,
        late,
        late,
        List.of(
            new WindowBooks(10_000, 10_000, 3, 3, windowed, late, late),
            new WindowBooks(60_000, 30_000, 1, 1, 2 * windowed, 2 * late, 2 * late)),
        Map.of("lobby", lobby),
        123.4,
        new Latency(20, 40),
        90,
        60,
        "0123456789ab");
  }
}
