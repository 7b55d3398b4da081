// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import static io.emotionstream.testkit.Distributions.window;
import static io.emotionstream.testkit.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.emotionstream.schemas.CorrectedShare;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionColors;
import io.emotionstream.testkit.DatabaseExtension;
import io.emotionstream.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The views for dashboards, and the board in {@code deploy/grafana} that reads them. */
@ExtendWith(DatabaseExtension.class)
class BoardsTest {
  private static final Path BOARD = Path.of("../deploy/grafana/boards/analytics.json");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
  private static final String OF_TEN_SECONDS = " where tumbling and window_size_ms = 10000";

  private Tables tables = new Tables("unused");

  @BeforeEach
  void storeWindows(TestDatabase test) throws SQLException {
    tables = new Tables(test.jdbcUrl());
    CorrectedShare share = new CorrectedShare(0.2, 0.1, 0.3);
    BatchBuilder batch = BatchBuilder.first();
    for (int i = 0; i < 12; i++) {
      Instant start = NOON.plusSeconds(10L * i);
      batch.distribution(
          window("lobby", start, TEN_SECONDS)
              .counting(Emotion.HAPPY, 3)
              .counting(Emotion.SAD, 1)
              .corrected(share)
              .build());
      batch.distribution(window("door's", start, TEN_SECONDS).alive(10).build());
      batch.event(event("lobby", Emotion.HAPPY, start).build());
    }
    batch.distribution(
        window("lobby", NOON, Duration.ofMinutes(1))
            .every(Duration.ofSeconds(20))
            .counting(Emotion.HAPPY, 24)
            .build());
    try (Store store =
        Store.open(SinkConfig.of(test.jdbcUrl(), "", ""), InstantSource.fixed(NOON))) {
      store.write(batch.build());
    }
  }

  @Test
  void sharesOfAWindowAreItsCountsClassByClass() throws SQLException {
    assertThat(
            tables.values(
                "select emotion from dashboard_shares"
                    + OF_TEN_SECONDS
                    + " and camera_id = 'lobby' and window_start = '2026-03-01 12:00Z'"
                    + " order by label"))
        .containsExactlyElementsOf(List.of((Object[]) labels()));
    assertThat(tables.row("select sum(faces), sum(share) from dashboard_shares" + OF_TEN_SECONDS))
        .as("36 faces happy and 12 sad in 12 windows")
        .containsExactly("48", "12");
    assertThat(
            tables.row(
                "select faces, share, corrected_share, corrected_low, corrected_high"
                    + " from dashboard_shares"
                    + OF_TEN_SECONDS
                    + " and emotion = 'happy' and total > 0 limit 1"))
        .containsExactly("3", "0.75", "0.2", "0.1", "0.3");
    assertThat(tables.count("dashboard_shares where camera_id = 'door''s' and share is null"))
        .as("seven classes of twelve windows without a face")
        .isEqualTo(84);
  }

  @Test
  void camerasShowTheLatestWindowOfEachKind() throws SQLException {
    assertThat(
            tables.values(
                "select camera_id || ' ' || window_size_ms || '/' || window_advance_ms || ' '"
                    + " || (last_window_end at time zone 'UTC') || ' ' || last_total"
                    + " from dashboard_cameras order by 1"))
        .containsExactly(
            "door's 10000/10000 2026-03-01 12:02:00 0",
            "lobby 10000/10000 2026-03-01 12:02:00 4",
            "lobby 60000/20000 2026-03-01 12:01:00 24");
  }

  @Test
  void theListOfCamerasIsReadThroughTheKey() throws SQLException {
    String plan =
        tables.values("explain (analyze, costs off) select * from dashboard_cameras").stream()
            .map(Object::toString)
            .reduce("", (lines, line) -> lines + line + "\n");

    assertThat(plan).contains("Recursive Union");
    assertThat(tables.count("dashboard_cameras")).isEqualTo(3);
  }

  @Test
  void everyQueryOfTheBoardRunsAndFindsSomething() throws Exception {
    JsonNode board = board();
    List<String> panels = board.findValuesAsText("rawSql");
    List<String> variables =
        StreamSupport.stream(board.at("/templating/list").spliterator(), false)
            .map(variable -> variable.get("query").asText())
            .toList();
    assertThat(panels).hasSizeGreaterThanOrEqualTo(8);
    assertThat(variables).hasSize(2);

    for (String query : panels) {
      assertThat(tables.row(asGrafanaSends(query))).as(query).isNotEmpty();
    }
    for (String query : variables) {
      assertThat(tables.values(asGrafanaSends(query))).as(query).isNotEmpty();
    }
    assertThat(tables.values(asGrafanaSends(variables.get(0))))
        .as("only tumbling sizes can be added up")
        .containsExactly("10 s");
    assertThat(tables.values(asGrafanaSends(variables.get(1)))).containsExactly("door's", "lobby");
  }

  @Test
  void theFirstPanelAddsUpWindowsIntoGrafanasIntervals() throws Exception {
    String query = board().findValuesAsText("rawSql").get(0);

    assertThat(
            tables.row(
                "select sum(value), count(distinct \"time\"), min(\"time\")::bigint from ("
                    + asGrafanaSends(query)
                    + ") answers"))
        .containsExactly("48", "2", Long.toString(NOON.getEpochSecond()));
  }

  @Test
  void everyClassHasItsColourInEveryPanelThatShowsClasses() throws Exception {
    for (JsonNode panel : board().get("panels")) {
      if (panel.toString().contains("emotion as metric")
          || panel.toString().contains("select emotion,")) {
        for (Emotion emotion : Emotion.values()) {
          assertThat(colour(panel, emotion.name().toLowerCase(Locale.ROOT)))
              .as(panel.get("title").asText() + " " + emotion)
              .isEqualTo(EmotionColors.hexOf(emotion));
        }
      }
    }
    assertThat(board().toString()).contains("emotion as metric");
  }

  private static String colour(JsonNode panel, String name) {
    for (JsonNode override : panel.at("/fieldConfig/overrides")) {
      if (override.at("/matcher/options").asText().equals(name)) {
        return override.at("/properties/0/value/fixedColor").asText();
      }
    }
    return "none";
  }

  /** Fills in variables and macros as Grafana's PostgreSQL data source documents them. */
  private static String asGrafanaSends(String query) {
    return query
        .replace("${camera:sqlstring}", "'lobby','door''s'")
        .replace("$size", "10000")
        .replace("$__interval", "1m")
        .replaceAll(
            "\\$__timeGroupAlias\\((\\w+), 1m\\)",
            "floor(extract(epoch from $1)/60)*60 AS \"time\"")
        .replaceAll(
            "\\$__timeFilter\\((\\w+)\\)",
            "$1 BETWEEN '2026-03-01T11:00:00Z' AND '2026-03-01T13:00:00Z'");
  }

  private static JsonNode board() throws IOException {
    return JsonMapper.builder().build().readTree(BOARD.toFile());
  }

  private static String[] labels() {
    return ClassColumns.all(ClassColumns::of).toArray(String[]::new);
  }
}
