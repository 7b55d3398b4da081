// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import static io.emotionstream.schemas.Emotion.HAPPY;
import static io.emotionstream.testkit.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.operations.DatabaseLogin;
import io.emotionstream.testkit.DatabaseExtension;
import io.emotionstream.testkit.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DatabaseExtension.class)
class EventDaysTest {
  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
  private static final Instant YEARS_AGO = Instant.parse("2013-07-05T23:59:59.999999Z");
  private static final Duration WEEK = Duration.ofDays(7);

  private SinkConfig config;
  private Tables tables;

  @BeforeEach
  void empty(TestDatabase database) {
    config = new SinkConfig(new DatabaseLogin(database.jdbcUrl(), "", ""), WEEK, 100);
    tables = new Tables(database.jdbcUrl());
  }

  @Test
  void makesAPartitionForEachDayOfABatch() throws SQLException {
    try (Store store = storeAt(NOW)) {
      store.write(
          BatchBuilder.first()
              .event(event("lobby", HAPPY, NOW).build())
              .event(event("lobby", HAPPY, YEARS_AGO).build())
              .event(event("lobby", HAPPY, YEARS_AGO.plusNanos(1000)).build())
              .build());
    }

    assertThat(partitions())
        .containsExactly(
            "emotion_events_20130705", "emotion_events_20130706", "emotion_events_20260310");
    assertThat(tables.count("emotion_events_20130705")).isEqualTo(1);
  }

  @Test
  void retentionDropsDaysThatAreOldAndWereNotWrittenLately() throws SQLException {
    try (Store store = storeAt(NOW)) {
      store.write(
          BatchBuilder.first()
              .event(event("lobby", HAPPY, NOW.minus(Duration.ofDays(2))).build())
              .event(event("lobby", HAPPY, NOW).build())
              .build());
    }

    List<LocalDate> dropped;
    try (Store store = storeAt(NOW.plus(WEEK))) {
      dropped = store.applyRetention();
    }
    List<LocalDate> droppedLater;
    try (Store store = storeAt(NOW.plus(WEEK).plus(Duration.ofHours(13)))) {
      droppedLater = store.applyRetention();
    }

    assertThat(dropped).isEmpty(); // written a week ago to the second
    assertThat(droppedLater)
        .containsExactly(LocalDate.parse("2026-03-08"), LocalDate.parse("2026-03-10"));
    assertThat(partitions()).isEmpty();
    assertThat(tables.count("emotion_event_days")).isZero();
  }

  @Test
  void retentionKeepsTheDayThatHasNotWhollyPassed() throws SQLException {
    Instant cutoffInTheDay = NOW.plus(WEEK).plus(Duration.ofHours(1));
    try (Store store = storeAt(NOW)) {
      store.write(BatchBuilder.first().event(event("lobby", HAPPY, NOW).build()).build());
    }

    try (Store store = storeAt(cutoffInTheDay)) {
      assertThat(store.applyRetention()).isEmpty();
    }

    assertThat(tables.count("emotion_events")).isEqualTo(1);
  }

  @Test
  void retentionKeepsAReplayOfOldFootageAsLongAsNewFootage() throws SQLException {
    try (Store store = storeAt(NOW)) {
      store.write(BatchBuilder.first().event(event("lobby", HAPPY, YEARS_AGO).build()).build());
      store.applyRetention();
    }
    assertThat(tables.count("emotion_events")).isEqualTo(1);

    try (Store store = storeAt(NOW.plus(WEEK).plusSeconds(1))) {
      store.applyRetention();
    }

    assertThat(tables.count("emotion_events")).isZero();
  }

  @Test
  void makesAndDropsManyDaysInSeveralTransactions() throws SQLException {
    int days = 120;
    BatchBuilder batch = BatchBuilder.first();
    IntStream.range(0, days)
        .mapToObj(day -> event("lobby", HAPPY, YEARS_AGO.plus(Duration.ofDays(day))).build())
        .forEach(batch::event);

    try (Store store = storeAt(NOW)) {
      store.write(batch.build());
    }
    assertThat(tables.values("select distinct xmin::text from emotion_event_days")).hasSize(3);
    assertThat(tables.count("emotion_events")).isEqualTo(days);
    List<LocalDate> dropped;
    long before = transaction();
    try (Store store = storeAt(NOW.plus(WEEK).plusSeconds(1))) {
      dropped = store.applyRetention();
    }

    assertThat(dropped).hasSize(days).doesNotHaveDuplicates();
    assertThat(transaction() - before).isGreaterThan(3);
    assertThat(partitions()).isEmpty();
    assertThat(tables.count("emotion_event_days")).isZero();
  }

  @Test
  void aDayThatRetentionDroppedCanBeWrittenAgain() throws SQLException {
    Instant later = NOW.plus(WEEK).plus(Duration.ofDays(1));
    try (Store store = storeAt(NOW)) {
      store.write(BatchBuilder.first().event(event("lobby", HAPPY, YEARS_AGO).build()).build());
    }

    try (Store store = storeAt(later)) {
      store.applyRetention();
      store.write(BatchBuilder.after(1).event(event("lobby", HAPPY, YEARS_AGO).build()).build());
      store.applyRetention();
    }

    assertThat(tables.count("emotion_events")).isEqualTo(1);
  }

  @Test
  void retentionHoldsForLateEventsAndRejectedRecordsToo() throws SQLException {
    try (Store store = storeAt(NOW)) {
      store.write(
          BatchBuilder.first()
              .lateEvent(event("lobby", HAPPY, YEARS_AGO).build())
              .rejected("bad")
              .build());
    }
    Instant wallClock = Instant.now(); // both are dated by the database

    try (Store store = storeAt(wallClock.plus(WEEK).minusSeconds(60))) {
      store.applyRetention();
    }
    assertThat(tables.count("emotion_late_events")).isEqualTo(1);
    assertThat(tables.count("rejected_records")).isEqualTo(1);
    try (Store store = storeAt(wallClock.plus(WEEK).plusSeconds(60))) {
      store.applyRetention();
    }

    assertThat(tables.count("emotion_late_events")).isZero();
    assertThat(tables.count("rejected_records")).isZero();
  }

  @Test
  void severalSinksMakeAndDropTheSameDaysAtOnce() throws Exception {
    storeAt(NOW).close(); // migrated
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Void>> sinks =
          IntStream.range(0, 4).<Callable<Void>>mapToObj(i -> () -> writeTenDays(i)).toList();
      for (Future<Void> sink : pool.invokeAll(sinks)) {
        sink.get();
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(partitions()).hasSize(10);
    assertThat(tables.count("emotion_events")).isEqualTo(40);
  }

  private Void writeTenDays(int sink) throws SQLException {
    try (Store store = storeAt(NOW)) {
      for (int day = 0; day < 10; day++) {
        Instant at = YEARS_AGO.plus(Duration.ofDays(day));
        BatchBuilder batch = day == 0 ? BatchBuilder.first(sink) : BatchBuilder.after(sink, day);
        store.write(batch.event(event("camera-" + sink, HAPPY, at).build()).build());
        store.applyRetention();
      }
    }
    return null;
  }

  private Store storeAt(Instant now) throws SQLException {
    return Store.open(config, InstantSource.fixed(now));
  }

  private long transaction() throws SQLException {
    return (Long) tables.values("select txid_current()").get(0);
  }

  private List<Object> partitions() throws SQLException {
    return tables.values(
        "select relname::text from pg_class where relispartition and relkind = 'r'"
            + " order by relname");
  }
}
