// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.schemas.Emotion;
import io.emotionstream.testkit.Events;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LiveTableTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final Tally tally = new Tally();

  @Test
  void fitsATerminalOfEightyColumns() {
    for (int camera = 0; camera < 30; camera++) {
      see("a camera with a very long name " + camera);
    }

    new LiveTable(out, true).draw(tally.snapshot(), NOON);

    assertThat(lines()).allMatch(line -> line.length() < 80);
    assertThat(lines()).anyMatch(line -> line.contains("and 10 cameras more"));
    assertThat(lines()).anyMatch(line -> line.startsWith("all") && line.endsWith(" 30"));
  }

  @Test
  void redrawsInPlaceOnATerminal() {
    LiveTable table = new LiveTable(out, true);
    see("lobby");

    table.draw(tally.snapshot(), NOON);
    long drawn = lines().count();
    table.draw(tally.snapshot(), NOON.plusSeconds(1));

    assertThat(text()).contains("\u001b[" + drawn + "A\u001b[J");
  }

  @Test
  void printsPlainLinesNowAndThenElsewhere() {
    LiveTable table = new LiveTable(out, false);
    see("lobby");

    for (int halfSecond = 0; halfSecond < 20; halfSecond++) {
      table.draw(tally.snapshot(), NOON.plusMillis(halfSecond * 500L));
    }

    assertThat(lines()).hasSize(2).allMatch(line -> line.contains("1 cameras, 1 classified"));
    assertThat(text()).doesNotContain("\u001b");
  }

  private void see(String camera) {
    tally.event(Events.event(camera, Emotion.HAPPY, NOON).build(), NOON.plusMillis(5));
  }

  private Stream<String> lines() {
    return text().lines();
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
