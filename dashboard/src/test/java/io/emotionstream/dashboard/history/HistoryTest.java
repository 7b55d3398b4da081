// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emotionstream.dashboard.history.History.Page;
import io.emotionstream.dashboard.window.EmotionWindow;
import io.emotionstream.operations.DatabaseLogin;
import io.emotionstream.testkit.DatabaseExtension;
import io.emotionstream.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DatabaseExtension.class)
class HistoryTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant ONE = NOON.plus(Duration.ofHours(1));

  private String jdbcUrl = "";
  private History history = history("jdbc:postgresql://unused/unused");

  @BeforeEach
  void migrate(TestDatabase database) {
    jdbcUrl = database.jdbcUrl();
    Flyway.configure().dataSource(jdbcUrl, null, null).load().migrate();
    history = history(jdbcUrl);
  }

  @AfterEach
  void close() {
    history.close();
  }

  @Test
  void pagesThroughWindowsThatStartTogether() throws Exception {
    for (String camera : List.of("a", "b", "c")) {
      for (int i = 0; i < 4; i++) {
        store(camera, 10, 10, NOON.plusSeconds(10L * i), 1, "1");
      }
    }
    List<String> seen = new ArrayList<>();
    Optional<Cursor> after = Optional.empty();
    do {
      Page page = history.windows(query(List.of(), 5, after));
      page.windows().forEach(one -> seen.add(one.start().getEpochSecond() % 60 + one.camera()));
      after = page.next().map(cursor -> Cursor.parse(cursor.text()));
    } while (after.isPresent());

    assertThat(seen)
        .containsExactly(
            "30c", "30b", "30a", "20c", "20b", "20a", "10c", "10b", "10a", "0c", "0b", "0a");
  }

  @Test
  void readsWhatIsUnknownAsNull() throws Exception {
    store("a", 10, 10, NOON, 3, "null");

    EmotionWindow window =
        history.windows(query(List.of("a"), 5, Optional.empty())).windows().get(0);

    assertThat(window.total()).isEqualTo(3);
    assertThat(window.uncertain()).isNull();
    assertThat(window.tracks()).isNull();
    assertThat(window.corrected()).isNull();
    assertThat(window.model()).isEqualTo("m1+m2");
  }

  @Test
  void addsUpOneTumblingSizeSoThatAFaceCountsOnce() throws Exception {
    for (int i = 0; i < 12; i++) {
      store("a", 10, 10, NOON.plusSeconds(10L * i), 2, "1");
      store("a", 60, 10, NOON.plusSeconds(10L * i), 12, "6"); // hopping
    }
    store("a", 60, 60, NOON, 12, "6");
    store("a", 60, 60, NOON.plusSeconds(60), 12, "6");

    Sums minutes = history.sums(sum(List.of(), Optional.of(Resolution.MINUTE)));
    Sums tens = history.sums(sum(List.of("a"), Optional.of(Resolution.TEN_SECONDS)));

    assertThat(minutes.sizeMillis()).isEqualTo(60_000);
    assertThat(minutes.buckets()).hasSize(2);
    assertThat(minutes.buckets().get(0).total()).isEqualTo(12);
    assertThat(minutes.buckets().get(0).uncertain()).isEqualTo(6);
    assertThat(tens.sizeMillis()).isEqualTo(10_000);
    assertThat(tens.buckets()).hasSize(12);
    assertThat(history.windowSizes()).containsExactly(10_000L, 60_000L);
  }

  @Test
  void prefersTheSizeThatCoversTheRange() throws Exception {
    for (int i = 0; i < 100; i++) {
      store("a", 10, 10, NOON.plusSeconds(10L * i), 1, "null");
    }
    store("a", 60, 60, NOON.plusSeconds(900), 6, "null"); // this size came later

    Sums sums = history.sums(sum(List.of(), Optional.of(Resolution.MINUTE)));

    assertThat(sums.sizeMillis()).isEqualTo(10_000);
    assertThat(sums.buckets().stream().mapToLong(Sums.Bucket::total).sum()).isEqualTo(100);
    assertThat(sums.buckets().get(0).uncertain()).isNull();
  }

  @Test
  void refusesAResolutionThatNoSizeDivides() throws SQLException {
    store("a", 60, 60, NOON, 1, "null");

    assertThatThrownBy(() -> history.sums(sum(List.of(), Optional.of(Resolution.TEN_SECONDS))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("60000");
  }

  @Test
  void choosesAResolutionThatTheWindowsFit() throws Exception {
    store("a", 60, 60, NOON, 1, "null");

    assertThat(history.sums(sum(List.of(), Optional.empty())).resolution())
        .isEqualTo(Resolution.MINUTE);
    assertThat(history.sums(sum(List.of("nobody"), Optional.empty())).buckets()).isEmpty();
  }

  @Test
  void knowsTheCamerasThatHaveWindows() throws Exception {
    assertThat(history.cameras("", 10)).isEmpty();
    for (String camera : List.of("hall-2", "Lobby", "hall-1", "door%")) {
      store(camera, 10, 10, NOON, 1, "null");
      store(camera, 60, 60, NOON, 1, "null");
    }

    assertThat(history.cameras("", 10))
        .containsExactlyInAnyOrder("hall-2", "Lobby", "hall-1", "door%");
    assertThat(history.cameras("HALL", 10)).containsExactly("hall-1", "hall-2");
    assertThat(history.cameras("HALL", 1)).containsExactly("hall-1");
    assertThat(history.cameras("%", 10)).containsExactly("door%");
  }

  @Test
  void cannotWrite() {
    assertThatThrownBy(
            () ->
                new Connections(HistoryConfig.of(jdbcUrl, "", ""))
                    .ask(
                        connection -> {
                          try (Statement statement = connection.createStatement()) {
                            return statement.executeUpdate("delete from emotion_distributions");
                          }
                        }))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("read-only");
  }

  @Test
  void givesUpAQuestionThatTakesTooLong() throws Exception {
    HistoryConfig hasty =
        new HistoryConfig(new DatabaseLogin(jdbcUrl, "", ""), 1, Duration.ofMillis(200));
    try (Connections connections = new Connections(hasty)) {
      assertThatThrownBy(() -> connections.ask(connection -> slept(connection)))
          .isInstanceOf(SQLException.class)
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("57014");
    }
  }

  @Test
  void comesBackWithTheDatabase() throws Exception {
    store("a", 10, 10, NOON, 1, "null");
    assertThat(history.windowSizes()).containsExactly(10_000L);
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
              + " and datname = current_database()");
    }

    assertThat(history.windows(query(List.of(), 5, Optional.empty())).windows()).hasSize(1);
  }

  private static boolean slept(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute("select pg_sleep(30)");
    }
  }

  private static History history(String jdbcUrl) {
    return new History(HistoryConfig.of(jdbcUrl, "", ""), InstantSource.system());
  }

  private static WindowQuery query(List<String> cameras, int limit, Optional<Cursor> after) {
    return new WindowQuery(cameras, OptionalLong.of(10_000), NOON, ONE, limit, after);
  }

  private static SumQuery sum(List<String> cameras, Optional<Resolution> resolution) {
    return new SumQuery(cameras, NOON, ONE, resolution);
  }

  /** Stores a window with happy faces; sizes in seconds, {@code uncertain} as SQL. */
  private void store(
      String camera, int size, int advance, Instant start, int faces, String uncertain)
      throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into emotion_distributions
            (camera_id, window_size_ms, window_advance_ms, window_start, window_end,
             angry, disgust, fear, happy, sad, surprise, neutral, total, uncertain_faces, model_ids)
          values ('%s', %d, %d, '%s', '%s', 0, 0, 0, %d, 0, 0, 0, %d, %s, '{m1,m2}')
          """
              .formatted(
                  camera,
                  size * 1_000,
                  advance * 1_000,
                  start,
                  start.plusSeconds(size),
                  faces,
                  faces,
                  uncertain));
    }
  }
}
