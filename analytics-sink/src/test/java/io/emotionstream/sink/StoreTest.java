// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import static io.emotionstream.schemas.Emotion.DISGUST;
import static io.emotionstream.schemas.Emotion.HAPPY;
import static io.emotionstream.schemas.Emotion.SAD;
import static io.emotionstream.testkit.Distributions.window;
import static io.emotionstream.testkit.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emotionstream.schemas.CorrectedShare;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.WindowClosing;
import io.emotionstream.testkit.DatabaseExtension;
import io.emotionstream.testkit.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DatabaseExtension.class)
class StoreTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  private SinkConfig config;
  private Store store;
  private Tables tables;

  @BeforeEach
  void open(TestDatabase database) throws SQLException {
    config = SinkConfig.of(database.jdbcUrl(), "", "");
    store = Store.open(config, InstantSource.fixed(NOON));
    tables = new Tables(database.jdbcUrl());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void storesEveryFieldOfAnEvent() throws SQLException {
    EmotionEvent seen =
        event("lobby", HAPPY, NOON)
            .withId("f1")
            .withProbabilities(0.01f, 0.02f, 0.03f, 0.8f, 0.05f, 0.06f, 0.03f)
            .classifiedAt(NOON.plusMillis(7))
            .classifiedBy("abc")
            .tracked("t9")
            .labelled(SAD)
            .build();

    store.write(BatchBuilder.first().event(seen).build());

    assertThat(
            tables.row(
                "select camera_id, frame_id, captured_at at time zone 'UTC', classified_at"
                    + " at time zone 'UTC', model_id, emotion, confidence, angry, disgust, fear,"
                    + " happy, sad, surprise, neutral, track_id, label from emotion_events"))
        .containsExactly(
            "lobby",
            "f1",
            "2026-03-01 12:00:00.123456",
            "2026-03-01 12:00:00.130456",
            "abc",
            "happy",
            "0.8",
            "0.01",
            "0.02",
            "0.03",
            "0.8",
            "0.05",
            "0.06",
            "0.03",
            "t9",
            "sad");
  }

  @Test
  void storesEveryFieldOfADistribution() throws SQLException {
    EmotionDistribution seen =
        window("lobby", NOON, TEN_SECONDS)
            .counting(HAPPY, 3)
            .counting(DISGUST, 1)
            .classifiedBy("new", "old")
            .build();

    store.write(BatchBuilder.first().distribution(seen).build());

    assertThat(
            tables.row(
                "select camera_id, window_start at time zone 'UTC', window_end at time zone 'UTC',"
                    + " angry, disgust, fear, happy, sad, surprise, neutral, total, model_ids,"
                    + " first_face_at at time zone 'UTC', last_face_at at time zone 'UTC'"
                    + " from emotion_distributions"))
        .containsExactly(
            "lobby",
            "2026-03-01 12:00:00.123456",
            "2026-03-01 12:00:10.123456",
            "0",
            "1",
            "0",
            "3",
            "0",
            "0",
            "0",
            "4",
            "{new,old}",
            "2026-03-01 12:00:00.123456",
            "2026-03-01 12:00:10.123455");
    assertThat(tables.values("select mean_happy from emotion_distributions"))
        .containsExactly(seen.getMeanProbabilities().get("HAPPY"));
  }

  @Test
  void storesWhatAWindowCarriesBesideItsCounts() throws SQLException {
    EmotionDistribution seen =
        EmotionDistribution.newBuilder(
                window("lobby", NOON, TEN_SECONDS)
                    .every(Duration.ofSeconds(5))
                    .counting(HAPPY, 3)
                    .closedBy(WindowClosing.IDLE)
                    .alive(2)
                    .corrected(new CorrectedShare(0.25, 0.125, 0.5))
                    .build())
            .setMissedFaces(4)
            .build();

    store.write(BatchBuilder.first().distribution(seen).build());

    assertThat(
            tables.row(
                "select window_size_ms, window_advance_ms, closed_by, heartbeats, missed_faces,"
                    + " uncertain_faces, weighted_happy > 2.09, weighted_sad, tracks, tracks_exact,"
                    + " untracked_faces, visible_seconds, track_happy > 0.69, time_happy,"
                    + " corrected_fear, corrected_fear_low, corrected_fear_high"
                    + " from emotion_distributions"))
        .containsExactly(
            "10000", "5000", "idle", "2", "4", "0", "t", "0", "3", "t", "0", "0", "t", null, "0.25",
            "0.125", "0.5");
  }

  @Test
  void storesAWindowInWhichNobodyWasSeen() throws SQLException {
    store.write(
        BatchBuilder.first()
            .distribution(window("lobby", NOON, TEN_SECONDS).alive(10).build())
            .build());

    assertThat(
            tables.row(
                "select total, heartbeats, first_face_at, last_face_at, mean_happy, model_ids,"
                    + " corrected_happy from emotion_distributions"))
        .containsExactly("0", "10", null, null, null, "{}", null);
  }

  @Test
  void keepsWindowsApartThatStartTogether() throws SQLException {
    store.write(
        BatchBuilder.first()
            .distribution(window("lobby", NOON, TEN_SECONDS).counting(HAPPY, 1).build())
            .distribution(
                window("lobby", NOON, TEN_SECONDS)
                    .every(Duration.ofSeconds(5))
                    .counting(HAPPY, 2)
                    .build())
            .distribution(window("lobby", NOON, Duration.ofMinutes(1)).counting(HAPPY, 3).build())
            .build());

    assertThat(tables.values("select total from emotion_distributions order by total"))
        .containsExactly(1L, 2L, 3L);
  }

  @Test
  void storesADistributionOfRelease01() throws SQLException {
    EmotionDistribution of01 =
        EmotionDistribution.newBuilder(
                window("lobby", NOON, TEN_SECONDS).counting(HAPPY, 1).build())
            .setWindowSizeMillis(0)
            .setWindowAdvanceMillis(0)
            .setClosedBy(WindowClosing.UNKNOWN)
            .setConfidenceWeightedCounts(Map.of())
            .setUncertainFaces(null)
            .setTracks(null)
            .build();

    store.write(BatchBuilder.first().distribution(of01).build());

    assertThat(
            tables.row(
                "select window_size_ms, window_advance_ms, closed_by, weighted_happy, tracks"
                    + " from emotion_distributions"))
        .containsExactly("10000", "10000", "unknown", null, null);
  }

  @Test
  void storesForEachSizeWhatALateFaceMissed() throws SQLException {
    EmotionEvent late =
        event("lobby", HAPPY, NOON)
            .missing(TEN_SECONDS, TEN_SECONDS, 1)
            .missing(Duration.ofMinutes(1), TEN_SECONDS, 4)
            .build();

    store.write(BatchBuilder.first().lateEvent(late).build());
    store.write(BatchBuilder.after(1).lateEvent(late).build());

    assertThat(tables.count("emotion_late_events")).isEqualTo(1);
    assertThat(
            tables.values(
                "select window_size_ms || '/' || window_advance_ms || ' ' || windows"
                    + " from emotion_missed_windows order by windows"))
        .containsExactly("10000/10000 1", "60000/10000 4");
  }

  @Test
  void writingTheSameRecordsAgainChangesNothing() throws SQLException {
    EmotionEvent face = event("lobby", HAPPY, NOON).build();
    EmotionDistribution window = window("lobby", NOON, TEN_SECONDS).counting(HAPPY, 1).build();

    store.write(BatchBuilder.first().event(face).lateEvent(face).distribution(window).build());
    store.write(BatchBuilder.after(3).event(face).lateEvent(face).distribution(window).build());

    assertThat(tables.count("emotion_events")).isEqualTo(1);
    assertThat(tables.count("emotion_late_events")).isEqualTo(1);
    assertThat(tables.values("select total from emotion_distributions")).containsExactly(1L);
    assertThat(tables.rewrittenEvents()).isEqualTo(1); // the measure of the exactly-once tests
  }

  @Test
  void theLastOfEqualKeysInABatchWins() throws SQLException {
    EmotionEvent first = event("lobby", HAPPY, NOON).withId("f").build();
    EmotionEvent second = event("lobby", SAD, NOON).withId("f").build();

    SinkMetrics written = store.write(BatchBuilder.first().event(first).event(second).build());

    assertThat(tables.values("select emotion from emotion_events")).containsExactly("sad");
    assertThat(written).isEqualTo(new SinkMetrics(2, 0, 0, 0, 1, 0));
  }

  @Test
  void remembersWhereToGoOn() throws SQLException {
    store.write(BatchBuilder.first().event(event("lobby", HAPPY, NOON).build()).build());
    store.write(BatchBuilder.after(1).event(event("lobby", HAPPY, NOON).build()).build());

    assertThat(store.offsets(List.of(BatchBuilder.PARTITION)))
        .containsEntry(BatchBuilder.PARTITION, 2L);
  }

  @Test
  void knowsNoOffsetOfATopicThatWasMadeAgain() throws SQLException {
    store.write(BatchBuilder.first().event(event("lobby", HAPPY, NOON).build()).build());
    PartitionKey remade = new PartitionKey(UUID.randomUUID(), "topic", 3);

    assertThat(store.offsets(List.of(remade))).isEmpty();
  }

  @Test
  void refusesABatchThatDoesNotContinueTheStoredOffset() throws SQLException {
    store.write(BatchBuilder.first().event(event("lobby", HAPPY, NOON).build()).build());
    EmotionEvent face = event("lobby", SAD, NOON).build();

    assertThatThrownBy(() -> store.write(BatchBuilder.first().event(face).build()))
        .isInstanceOf(StaleOffsetException.class)
        .hasMessageContaining("topic-3 is no longer absent");
    assertThatThrownBy(() -> store.write(BatchBuilder.after(7).event(face).build()))
        .isInstanceOf(StaleOffsetException.class);

    assertThat(tables.values("select emotion from emotion_events")).containsExactly("happy");
    assertThat(tables.values("select next_offset from sink_offsets")).containsExactly(1L);
  }

  @Test
  void aFailureAfterTheRowsLeavesNeitherRowsNorOffset() throws SQLException {
    tables.execute("alter table rejected_records add constraint full_up check (error <> 'bad')");
    EmotionEvent face = event("lobby", HAPPY, NOON).build();
    Batch batch = BatchBuilder.first().event(face).rejected("bad").build();

    assertThatThrownBy(() -> store.write(batch)).hasMessageContaining("full_up");
    store.close();

    assertThat(tables.count("emotion_events")).isZero();
    assertThat(tables.count("sink_offsets")).isZero();
  }

  @Test
  void aRowThatTheDatabaseRefusesIsSetAsideAndTheOthersAreStored() throws SQLException {
    EmotionDistribution good = window("lobby", NOON, TEN_SECONDS).counting(HAPPY, 2).build();
    EmotionDistribution wrong =
        EmotionDistribution.newBuilder(good).setCameraId("attic").setTotal(99).build();
    EmotionEvent unwritable = event("lobby", SAD, NOON).withId("nul\0").build();
    BatchBuilder batch = BatchBuilder.first().event(unwritable).distribution(wrong);
    for (int i = 0; i < 20; i++) {
      batch.event(event("lobby", HAPPY, NOON.plusMillis(i)).build());
    }

    SinkMetrics written = store.write(batch.distribution(good).build());

    assertThat(written).isEqualTo(new SinkMetrics(20, 0, 1, 2, 1, 0));
    assertThat(tables.count("emotion_events")).isEqualTo(20);
    assertThat(tables.values("select camera_id from emotion_distributions"))
        .containsExactly("lobby");
    assertThat(tables.values("select error from rejected_records order by record_offset"))
        .satisfiesExactly(
            first -> assertThat((String) first).contains("invalid byte sequence", "22021"),
            second -> assertThat((String) second).contains("counts_sum_to_total", "23514"));
    assertThat(tables.values("select next_offset from sink_offsets")).containsExactly(23L);
  }

  @Test
  void keepsWhatCouldNotBeDecoded() throws SQLException {
    store.write(BatchBuilder.first().rejected("not Avro\0").build());

    assertThat(
            tables.row(
                "select topic, partition, record_offset, error, record_key, record_value"
                    + " from rejected_records"))
        .containsExactly("topic", "3", "0", "not Avro?", "\\x01", "\\x0203");
  }

  @Test
  void recoversFromAPartitionDroppedByHand() throws SQLException {
    store.write(BatchBuilder.first().event(event("lobby", HAPPY, NOON).build()).build());
    tables.execute("drop table emotion_events_20260301");
    Batch next = BatchBuilder.after(1).event(event("lobby", SAD, NOON).build()).build();

    assertThatThrownBy(() -> store.write(next))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(SqlErrors.isTransient(e)).isTrue());
    store.close();
    store = Store.open(config, InstantSource.fixed(NOON));
    store.write(next);

    assertThat(tables.values("select emotion from emotion_events")).containsExactly("sad");
  }
}
