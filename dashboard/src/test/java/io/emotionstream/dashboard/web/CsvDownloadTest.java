// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.web;

import static io.emotionstream.schemas.Emotion.HAPPY;
import static io.emotionstream.testkit.Distributions.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.dashboard.window.EmotionWindow;
import io.emotionstream.schemas.CorrectedShare;
import io.emotionstream.testkit.Distributions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvDownloadTest {
  @Test
  void hasACellForEachColumn() {
    CorrectedShare share = new CorrectedShare(1.0 / 7, 0.1, 0.2);

    List<String> plain = cells(lobby());
    List<String> corrected = cells(lobby().corrected(share));

    assertThat(plain).hasSameSizeAs(CsvDownload.header());
    assertThat(corrected).hasSameSizeAs(CsvDownload.header());
    assertThat(plain)
        .startsWith(
            "lobby",
            "10000",
            "10000",
            "2026-03-01T12:00:00.000Z",
            "2026-03-01T12:00:10.000Z",
            "faces");
    assertThat(cell(corrected, "happy")).isEqualTo("3");
    assertThat(cell(corrected, "corrected_happy")).isEqualTo("0.1429");
    assertThat(cell(corrected, "corrected_happy_high")).isEqualTo("0.2000");
    assertThat(cell(plain, "corrected_happy")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1"})
  void disarmsFormulas(String name) {
    List<String> cells =
        cells(window(name, Instant.EPOCH, Duration.ofSeconds(10)).counting(HAPPY, 1));

    assertThat(cells.get(0)).isEqualTo("'" + name);
  }

  private static Distributions lobby() {
    return window("lobby", Instant.parse("2026-03-01T12:00:00Z"), Duration.ofSeconds(10))
        .counting(HAPPY, 3);
  }

  private static List<String> cells(Distributions distribution) {
    return CsvDownload.cells(EmotionWindow.of(distribution.build()));
  }

  private static String cell(List<String> cells, String column) {
    return cells.get(CsvDownload.header().indexOf(column));
  }
}
