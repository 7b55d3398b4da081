// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import static io.emotionstream.schemas.Emotion.HAPPY;
import static io.emotionstream.testkit.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emotionstream.schemas.Emotion;
import io.emotionstream.testkit.DatabaseExtension;
import io.emotionstream.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DatabaseExtension.class)
class MigrationTest {
  private Database database = new Database(SinkConfig.of("jdbc:postgresql:unused", "", ""));
  private Tables tables = new Tables("unused");

  @BeforeEach
  void empty(TestDatabase test) {
    database = new Database(SinkConfig.of(test.jdbcUrl(), "", ""));
    tables = new Tables(test.jdbcUrl());
  }

  @Test
  void classColumnsStandInLabelOrder() throws SQLException {
    database.migrate();

    assertThat(columns("emotion_events", "real"))
        .containsExactlyElementsOf(
            Stream.concat(
                    Stream.of("confidence"), Stream.of(Emotion.values()).map(ClassColumns::of))
                .toList());
    assertThat(columns("emotion_distributions", "double precision"))
        .filteredOn(column -> !column.equals("visible_seconds"))
        .filteredOn(column -> !column.toString().matches(".*_(low|high)"))
        .containsExactlyElementsOf(
            Stream.<Function<Emotion, String>>of(
                    ClassColumns::meanOf,
                    ClassColumns::weightedOf,
                    ClassColumns::trackShareOf,
                    ClassColumns::timeShareOf,
                    ClassColumns::correctedOf)
                .flatMap(columns -> ClassColumns.all(columns).stream())
                .toList());
    assertThat(columns("emotion_distributions", "bigint"))
        .startsWith(ClassColumns.all(ClassColumns::of).toArray());
  }

  @Test
  void tablesHaveTheColumnsThatAreWritten() throws SQLException {
    database.migrate();

    for (RowTable<?> table :
        List.of(
            new EventTable(),
            new LateEventTable(),
            new MissedWindowsTable(),
            new DistributionTable())) {
      List<Object> written =
          Stream.<Object>concat(table.keyColumns().stream(), table.otherColumns().stream())
              .toList();
      assertThat(columns(table.name(), "%"))
          .filteredOn(column -> !column.equals("stored_at"))
          .containsExactlyInAnyOrderElementsOf(written);
    }
  }

  @Test
  void readsOfATimeSpanCanUseAnIndex() throws SQLException {
    database.migrate();

    assertThat(tables.values("select indexdef from pg_indexes where schemaname = 'public'"))
        .anySatisfy(
            index -> assertThat((String) index).contains("emotion_events USING brin (captured_at)"))
        .anySatisfy(
            index ->
                assertThat((String) index)
                    .contains("emotion_distributions USING brin (window_start)"))
        .anySatisfy(
            index ->
                assertThat((String) index)
                    .contains(
                        "USING btree (camera_id, window_size_ms, window_advance_ms,"
                            + " window_start)"));
  }

  @Test
  void keepsTheRowsOfRelease01(TestDatabase test) throws SQLException {
    database.migrateTo("1");
    tables.execute(
        "insert into emotion_distributions values ('lobby', '2026-03-01 12:00:00Z',"
            + " '2026-03-01 12:00:10Z', 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0,"
            + " '2026-03-01 12:00:01Z', '2026-03-01 12:00:01Z', '{m}')");
    tables.execute(
        "insert into emotion_late_events values"
            + " ('lobby', '2026-03-01 12:00:02Z', 'f', 'sad', 'm')");

    database.migrate();

    assertThat(
            tables.row(
                "select window_size_ms, window_advance_ms, closed_by, happy, tracks, corrected_sad"
                    + " from emotion_distributions"))
        .containsExactly("10000", "10000", "unknown", "1", null, null);
    assertThat(
            tables.row(
                "select frame_id, window_size_ms, window_advance_ms, windows"
                    + " from emotion_missed_windows"))
        .containsExactly("f", "10000", "10000", "1");
  }

  @Test
  void leavesOtherPeoplesTablesAlone() throws SQLException {
    tables.execute("create table visitors (name text)");

    database.migrate();
    database.migrate();

    assertThat(tables.count("visitors")).isZero();
    assertThat(tables.count("emotion_events")).isZero();
  }

  @Test
  void worksInASchemaOfItsOwn(TestDatabase test) throws SQLException {
    tables.execute("create schema analytics");
    SinkConfig config = SinkConfig.of(test.jdbcUrl() + "&currentSchema=analytics", "", "");
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");

    try (Store store = Store.open(config, InstantSource.fixed(noon))) {
      store.write(BatchBuilder.first().event(event("lobby", HAPPY, noon).build()).build());
    }

    assertThat(tables.count("analytics.emotion_events_20260301")).isEqualTo(1);
    assertThat(tables.count("pg_tables where schemaname = 'public'")).isZero();
  }

  @Test
  void refusesTablesThatItDoesNotKnowInOneLine() throws SQLException {
    database.migrate();
    tables.execute("update emotion_sink_schema_history set checksum = 1 where version = '1'");

    assertThatThrownBy(database::migrate)
        .isInstanceOf(SinkException.class)
        .hasMessageStartingWith("cannot migrate jdbc:postgresql://")
        .hasMessageContaining("use the release that made the tables")
        .satisfies(e -> assertThat(e).message().hasLineCount(1));
  }

  @Test
  void connectionsShowWhoTheyAreAndNoPassword(TestDatabase test) throws SQLException {
    Database secret = new Database(SinkConfig.of(test.jdbcUrl(), "", "s3cret"));

    try (Connection connection = secret.connect()) {
      assertThat(connection.getMetaData().getURL()).doesNotContain("s3cret");
      assertThat(tables.count("pg_stat_activity where application_name = 'emotion-sink'"))
          .isGreaterThanOrEqualTo(1);
    }
  }

  private List<Object> columns(String table, String type) throws SQLException {
    return tables.values(
        "select column_name::text from information_schema.columns where table_name = '%s'"
                .formatted(table)
            + " and data_type like '%s' order by ordinal_position".formatted(type));
  }
}
