// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emotionstream.operations.DatabaseLogin;
import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.TopicAdmin;
import io.emotionstream.schemas.Topics;
import io.emotionstream.testkit.BrokerExtension;
import io.emotionstream.testkit.DatabaseExtension;
import io.emotionstream.testkit.Events;
import io.emotionstream.testkit.TestBroker;
import io.emotionstream.testkit.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({BrokerExtension.class, DatabaseExtension.class})
class AnalyticsSinkIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final TestBroker broker;
  private final Topics topics;
  private final Sending sending;
  private Tables tables = new Tables("unused");

  AnalyticsSinkIT(TestBroker broker) {
    this.broker = broker;
    this.topics = broker.newTopics();
    this.sending = new Sending(broker, topics);
  }

  @BeforeEach
  void empty(TestDatabase database) {
    tables = new Tables(database.jdbcUrl());
  }

  @Test
  void storesAllThreeTopics() throws SQLException {
    sending.events(1000);
    sending.lateEvents(7);
    sending.distributions(30);

    try (AnalyticsSink sink = started(2000)) {
      await().atMost(LIMIT).until(() -> sink.metrics().recordsWritten() == 1037);
      assertThat(sink.isHealthy()).isTrue();
      assertThat(sink.metrics().rejected()).isZero();
    }

    assertThat(tables.count("emotion_events")).isEqualTo(1000);
    assertThat(tables.count("emotion_events where camera_id = 'camera-3'")).isEqualTo(200);
    assertThat(tables.count("emotion_late_events")).isEqualTo(7);
    assertThat(tables.values("select sum(total)::bigint from emotion_distributions"))
        .containsExactly(90L);
  }

  @Test
  void writesEachRecordOnceOverRestarts() throws SQLException {
    sending.events(3000);
    long written = 0;
    for (int restart = 1; restart <= 4; restart++) {
      long goal = restart * 400L;
      long before = written;
      AnalyticsSink sink = started(100);
      try (sink) {
        await().atMost(LIMIT).until(() -> before + sink.metrics().eventsWritten() >= goal);
      }
      written += sink.metrics().eventsWritten();
    }
    try (AnalyticsSink last = started(100)) {
      long before = written;
      await().atMost(LIMIT).until(() -> before + last.metrics().eventsWritten() == 3000);
    }

    assertThat(tables.count("emotion_events")).isEqualTo(3000);
    assertThat(tables.rewrittenEvents()).isZero();
  }

  @Test
  void writesEachRecordOnceThoughConnectionsAreCutAllTheTime() throws SQLException {
    sending.events(4000);

    try (AnalyticsSink sink = started(50)) {
      await()
          .pollInterval(Duration.ofMillis(150))
          .atMost(LIMIT)
          .until(
              () -> {
                if (sink.metrics().retries() < 5) {
                  cutConnections();
                }
                return tables.count("pg_tables where tablename = 'emotion_events'") == 1
                    && tables.count("emotion_events") == 4000;
              });
      await().atMost(LIMIT).until(sink::isHealthy);
      assertThat(sink.metrics().retries()).isPositive();
      assertThat(sink.failure()).isEmpty();
    }

    assertThat(tables.rewrittenEvents()).isZero();
    assertThat(tables.values("select sum(next_offset)::bigint from sink_offsets"))
        .containsExactly(4000L);
  }

  @Test
  void waitsWhileTheDatabaseTakesNoWrites() throws SQLException {
    try (AnalyticsSink sink = started(50)) {
      sending.events(100);
      await().atMost(LIMIT).until(() -> sink.metrics().eventsWritten() == 100);

      setReadOnly(true); // as a primary that has become a standby
      sending.events(100);
      await().atMost(LIMIT).until(() -> sink.metrics().retries() >= 4);
      assertThat(sink.isHealthy()).isFalse();
      assertThat(sink.failure()).isEmpty();
      setReadOnly(false);
      await().atMost(LIMIT).until(() -> sink.metrics().eventsWritten() == 200);
    }

    assertThat(tables.count("emotion_events")).isEqualTo(200);
    assertThat(tables.rewrittenEvents()).isZero();
  }

  @Test
  void twoSinksShareTheWorkAndWriteEachRecordOnce() throws SQLException {
    try (AnalyticsSink one = started(20)) {
      sending.events(1000);
      try (AnalyticsSink other = started(20)) {
        await().atMost(LIMIT).until(other::isHealthy);
        sending.events(1000);
        await().atMost(LIMIT).until(() -> tables.count("emotion_events") == 2000);
        assertThat(one.failure()).isEmpty();
        assertThat(other.failure()).isEmpty();
      }
    }

    assertThat(tables.rewrittenEvents()).isZero();
  }

  @Test
  void aPartitionHeldByTwoGroupsIsStillWrittenOnce() throws SQLException {
    sending.events(2000);

    try (AnalyticsSink one = started(100);
        AnalyticsSink zombie = started(100, Map.of("group.id", "another"))) {
      await()
          .atMost(LIMIT)
          .until(
              () ->
                  one.metrics().eventsWritten() + zombie.metrics().eventsWritten() == 2000
                      && tables.count("emotion_events") == 2000);
    }

    assertThat(tables.rewrittenEvents()).isZero();
  }

  @Test
  void poisonIsSetAsideAndStopsNothing() throws SQLException {
    sending.events(10);
    sending.poison(topics.emotionEvents(), "poison".getBytes(UTF_8));
    sending.poison(topics.distributions(), new byte[0]);
    sending.events(10);
    sending.distributions(2);

    try (AnalyticsSink sink = started(2000)) {
      await().atMost(LIMIT).until(() -> sink.metrics().recordsWritten() == 22);
      await().atMost(LIMIT).until(() -> sink.metrics().rejected() == 2);
    }

    assertThat(tables.count("emotion_events")).isEqualTo(20);
    assertThat(
            tables.values(
                "select convert_from(record_value, 'UTF8') from rejected_records"
                    + " order by length(record_value)"))
        .containsExactly("", "poison");
  }

  @Test
  void recordsOfAnAbortedTransactionAreNotStored() throws Exception {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "transactional.id", topics.prefix()),
            new StringSerializer(),
            (topic, bytes) -> bytes)) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(record("aborted")).get();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(record("committed")).get();
      producer.commitTransaction();
    }

    try (AnalyticsSink sink = started(2000)) {
      await().atMost(LIMIT).until(() -> sink.metrics().eventsWritten() == 1);
      await().atMost(LIMIT).until(() -> lag() == 0); // lag monitors see it done, markers and all
    }

    assertThat(tables.values("select frame_id from emotion_events")).containsExactly("committed");
  }

  @Test
  void aTopicThatWasMadeAgainIsReadFromItsBeginning() throws Exception {
    sending.events(30);
    try (AnalyticsSink sink = started(2000)) {
      await().atMost(LIMIT).until(() -> sink.metrics().eventsWritten() == 30);
    }
    try (Admin admin = broker.newAdmin()) {
      admin.deleteTopics(List.of(topics.emotionEvents().name())).all().get();
      await()
          .atMost(LIMIT)
          .until(() -> !admin.listTopics().names().get().contains(topics.emotionEvents().name()));
      new TopicAdmin(admin).create(topics);
    }

    sending.events(40);
    try (AnalyticsSink sink = started(2000)) {
      await().atMost(LIMIT).until(() -> sink.metrics().eventsWritten() == 40);
    }

    assertThat(tables.count("emotion_events")).isEqualTo(70);
  }

  @Test
  void stopsWithAClearFailureWhenItMayNoLongerWrite() throws SQLException {
    try (AnalyticsSink sink = started(2000)) {
      await().atMost(LIMIT).until(sink::isHealthy);
      tables.execute("drop table emotion_late_events");

      sending.lateEvents(1);
      await().atMost(LIMIT).until(() -> sink.failure().isPresent());

      assertThat(sink.isHealthy()).isFalse();
      assertThat(sink.failure().orElseThrow())
          .isInstanceOf(SinkException.class)
          .hasMessageContaining("\"emotion_late_events\" does not exist (42P01)");
    }
  }

  private AnalyticsSink started(int maxBatch) {
    return started(maxBatch, Map.of());
  }

  private AnalyticsSink started(int maxBatch, Map<String, Object> overrides) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", broker.bootstrapServers());
    settings.put("group.id", group());
    settings.putAll(overrides);
    AnalyticsSink sink =
        new AnalyticsSink(
            new SinkConfig(
                new DatabaseLogin(tables.jdbcUrl(), "", ""), Duration.ofDays(36_500), maxBatch),
            topics,
            settings);
    sink.start();
    return sink;
  }

  private String group() {
    return topics.prefix() + "sink";
  }

  private ProducerRecord<String, byte[]> record(String frameId) {
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");
    EmotionEvent event = Events.event("lobby", Emotion.SAD, noon).withId(frameId).build();
    return new ProducerRecord<>(
        topics.emotionEvents().name(),
        "lobby",
        AvroSerde.<EmotionEvent>of(EmotionEvent.class).encode(event));
  }

  private long lag() throws Exception {
    try (Admin admin = broker.newAdmin()) {
      Map<TopicPartition, Long> committed = new HashMap<>();
      admin
          .listConsumerGroupOffsets(group())
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach((partition, offset) -> committed.put(partition, offset.offset()));
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      committed.keySet().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
      Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(latest).all().get();
      return ends.entrySet().stream()
              .mapToLong(end -> end.getValue().offset() - committed.getOrDefault(end.getKey(), 0L))
              .sum()
          + (committed.size() < 3 * topics.partitions() ? 1 : 0);
    }
  }

  private void setReadOnly(boolean readOnly) throws SQLException {
    new Tables(tables.jdbcUrl() + "&options=-c%20default_transaction_read_only%3Doff")
        .execute(
            "do $$ begin execute format('alter database %I set default_transaction_read_only = "
                + readOnly
                + "', current_database()); end $$");
    cutConnections();
  }

  private void cutConnections() throws SQLException {
    tables.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where application_name = 'emotion-sink' and datname = current_database()");
  }
}
