// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import static io.emotionstream.schemas.Emotion.HAPPY;
import static io.emotionstream.schemas.Emotion.SAD;
import static io.emotionstream.testkit.Distributions.window;
import static io.emotionstream.testkit.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emotionstream.testkit.DatabaseExtension;
import io.emotionstream.testkit.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The roles and grants as a superuser makes them: enough for each, and nothing more. */
@ExtendWith(DatabaseExtension.class)
class RolesTest {
  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
  private static final String INSUFFICIENT_PRIVILEGE = "42501";
  private static final String READ_ONLY = "25006";

  private String url = "";

  @BeforeEach
  void makeRoles(TestDatabase database) throws SQLException {
    url = database.jdbcUrl();
    new Tables(url).execute(AnalyticsTables.rolesScript());
    new Tables(url).execute(AnalyticsTables.rolesScript()); // again, at will
    assertThat(AnalyticsTables.migrate(config("emotion_owner"))).isTrue();
  }

  @Test
  void sinkWritesEverythingAndAppliesRetentionWithoutOwningAnything() throws SQLException {
    Batch batch =
        BatchBuilder.first()
            .event(event("lobby", HAPPY, NOW).build())
            .lateEvent(event("lobby", SAD, NOW).build())
            .distribution(window("lobby", NOW, Duration.ofSeconds(10)).counting(HAPPY, 1).build())
            .rejected("damaged")
            .build();

    try (Store store = Store.open(config("emotion_sink"), InstantSource.fixed(NOW))) {
      store.write(batch);
    }
    assertThat(as("emotion_dashboard").count("emotion_events")).isEqualTo(1);
    assertThat(as("emotion_dashboard").count("emotion_late_events")).isEqualTo(1);
    assertThat(as("emotion_dashboard").count("emotion_distributions")).isEqualTo(1);
    assertThat(as("emotion_owner").count("rejected_records")).isEqualTo(1);
    assertThat(
            as("emotion_owner")
                .values(
                    "select distinct tableowner::text from pg_tables where schemaname = 'emotion'"))
        .containsExactly("emotion_owner");

    Instant monthsLater = NOW.plus(Duration.ofDays(90));
    try (Store store = Store.open(config("emotion_sink"), InstantSource.fixed(monthsLater))) {
      assertThat(store.applyRetention()).hasSize(1);
    }
    assertThat(as("emotion_dashboard").count("emotion_events")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table mine (n int)",
        "drop table emotion_late_events",
        "truncate emotion_events",
        "delete from emotion_distributions",
        "delete from sink_offsets",
        "alter table emotion_events add column mine int",
        "update emotion_sink_schema_history set checksum = 1",
        "select rolpassword from pg_authid",
        "create schema mine"
      })
  void sinkMayDoNothingElse(String sql) {
    assertRefused(() -> as("emotion_sink").execute(sql), INSUFFICIENT_PRIVILEGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from rejected_records",
        "select * from sink_offsets",
        "select emotion_drop_event_day(date '2026-03-10')",
        "set transaction read write; insert into emotion_event_days values (date '2026-03-10', now())",
        "set transaction read write; delete from emotion_events"
      })
  void dashboardReadsResultsAndNothingElse(String sql) {
    assertRefused(() -> as("emotion_dashboard").execute(sql), INSUFFICIENT_PRIVILEGE);
    assertRefused(() -> as("emotion_grafana").execute(sql), INSUFFICIENT_PRIVILEGE);
  }

  @Test
  void readersDoNotWriteByMistake() {
    assertRefused(
        () -> as("emotion_dashboard").execute("create temporary table t (n int)"), READ_ONLY);
  }

  @Test
  void grafanaReadsViewsAlone() throws SQLException {
    as("emotion_owner").execute("create view happy_faces as select camera_id from emotion_events");
    AnalyticsTables.migrate(config("emotion_owner"));

    assertThat(as("emotion_grafana").count("happy_faces")).isZero();
    assertRefused(() -> as("emotion_grafana").count("emotion_events"), INSUFFICIENT_PRIVILEGE);
  }

  @Test
  void saysWhoIsToChangeTheTablesWhenTheSinkMayNot() throws SQLException {
    as("emotion_owner").execute("drop table emotion_sink_schema_history");

    assertThatThrownBy(() -> AnalyticsTables.migrate(config("emotion_sink")))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("./emotion database migrate");
  }

  @Test
  void takesOverWhatASinkMadeAsItsOwner() throws SQLException {
    Tables superuser = new Tables(url);
    superuser.execute("drop schema emotion cascade");
    try (Store store = Store.open(config("postgres"), InstantSource.fixed(NOW))) {
      store.write(
          BatchBuilder.first()
              .event(event("lobby", HAPPY, NOW.minus(Duration.ofDays(1))).build())
              .build());
    }

    superuser.execute(AnalyticsTables.rolesScript());
    superuser.execute(AnalyticsTables.moveScript());
    assertThat(AnalyticsTables.migrate(config("emotion_owner"))).isTrue();

    assertThat(
            superuser.values(
                "select distinct schemaname || ' ' || tableowner from pg_tables"
                    + " where tablename like 'emotion\\_%' or tablename = 'sink_offsets'"))
        .containsExactly("emotion emotion_owner");
    assertThat(as("emotion_grafana").count("dashboard_events")).isEqualTo(1);
    Instant monthsLater = NOW.plus(Duration.ofDays(90));
    try (Store store = Store.open(config("emotion_sink"), InstantSource.fixed(monthsLater))) {
      assertThat(store.applyRetention()).hasSize(1);
    }
    assertThat(as("emotion_dashboard").count("emotion_events")).isZero();
  }

  private static void assertRefused(ThrowingCallable what, String code) {
    assertThatThrownBy(what)
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(code));
  }

  private SinkConfig config(String role) {
    return SinkConfig.of(url, role, "");
  }

  private Tables as(String role) {
    return new Tables(url.replace("user=postgres", "user=" + role));
  }
}
