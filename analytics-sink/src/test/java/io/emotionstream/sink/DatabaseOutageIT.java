// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emotionstream.embedded.EmbeddedDatabase;
import io.emotionstream.operations.DatabaseLogin;
import io.emotionstream.schemas.Topics;
import io.emotionstream.testkit.BrokerExtension;
import io.emotionstream.testkit.TestBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(BrokerExtension.class)
class DatabaseOutageIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int ROUND = 50;

  private final Topics topics;
  private final Sending sending;
  private final Map<String, Object> kafka;

  DatabaseOutageIT(TestBroker broker) {
    this.topics = broker.newTopics();
    this.sending = new Sending(broker, topics);
    this.kafka =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "group.id", topics.prefix());
  }

  @Test
  void losesNothingWhenTheDatabaseStopsAndStartsUnderLoad(@TempDir Path directory)
      throws Exception {
    EmbeddedDatabase database = EmbeddedDatabase.start(directory);
    AtomicInteger sent = new AtomicInteger();
    AtomicBoolean enough = new AtomicBoolean();
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (AnalyticsSink sink = sink(database.jdbcUrl())) {
      sink.start();
      CompletableFuture<Void> load = CompletableFuture.runAsync(() -> send(sent, enough), pool);
      await().atMost(LIMIT).until(() -> sink.metrics().eventsWritten() > 4 * ROUND);

      database = restart(database, directory, sink, sent);
      await().atMost(LIMIT).until(sink::isHealthy);
      long atReturn = sink.metrics().eventsWritten();
      await().atMost(LIMIT).until(() -> sink.metrics().eventsWritten() > atReturn + 4 * ROUND);
      enough.set(true);
      load.get();

      Tables tables = new Tables(database.jdbcUrl());
      await().atMost(LIMIT).until(() -> tables.count("emotion_events") >= sent.get());
      assertThat(tables.count("emotion_events")).isEqualTo(sent.get());
      assertThat(tables.rewrittenEvents()).isZero();
      assertThat(tables.values("select sum(next_offset)::bigint from sink_offsets"))
          .containsExactly((long) sent.get());
      assertThat(sink.failure()).isEmpty();
    } finally {
      enough.set(true);
      pool.shutdown();
      database.close();
    }
  }

  @Test
  void waitsForADatabaseThatIsNotThereYet(@TempDir Path directory) throws Exception {
    EmbeddedDatabase first = EmbeddedDatabase.start(directory);
    int port = first.port();
    first.close();
    sending.events(10);
    try (AnalyticsSink sink = sink(first.jdbcUrl())) {

      sink.start();
      await().atMost(LIMIT).until(() -> sink.metrics().retries() >= 2);
      assertThat(sink.isHealthy()).isFalse();
      assertThat(sink.failure()).isEmpty();
      try (EmbeddedDatabase second = EmbeddedDatabase.start(directory, port)) {
        await().atMost(LIMIT).until(() -> sink.metrics().eventsWritten() == 10);

        assertThat(sink.isHealthy()).isTrue();
        assertThat(new Tables(second.jdbcUrl()).count("emotion_events")).isEqualTo(10);
      }
    }
  }

  @Test
  void staysUnhealthyWhileTheDatabaseAnswersButTakesNothing(@TempDir Path directory)
      throws Exception {
    Map<String, Object> slow = new HashMap<>(kafka); // so that polls between attempts are empty
    slow.put("fetch.min.bytes", 1_000_000);
    slow.put("fetch.max.wait.ms", 1000);
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory);
        AnalyticsSink sink = new AnalyticsSink(config(database.jdbcUrl()), topics, slow)) {
      Tables tables = new Tables(database.jdbcUrl());
      sink.start();
      await().atMost(LIMIT).until(sink::isHealthy);
      tables.execute(
          "create function full_disk() returns trigger language plpgsql as"
              + " $$ begin raise exception 'disk full' using errcode = '53100'; end $$;"
              + " create trigger full_disk before insert or update on sink_offsets"
              + " execute function full_disk()");
      sending.events(10);
      await().atMost(LIMIT).until(() -> sink.metrics().retries() >= 1);

      await()
          .pollInterval(Duration.ofMillis(5))
          .atMost(LIMIT)
          .during(Duration.ofSeconds(5))
          .until(() -> !sink.isHealthy());
      assertThat(sink.metrics().retries()).isGreaterThan(1);
      tables.execute("drop trigger full_disk on sink_offsets");

      await().atMost(LIMIT).until(sink::isHealthy);
      assertThat(tables.count("emotion_events")).isEqualTo(10);
    }
  }

  /** Stops the database, lets the load go on without it, and starts it again. */
  private static EmbeddedDatabase restart(
      EmbeddedDatabase database, Path directory, AnalyticsSink sink, AtomicInteger sent)
      throws IOException {
    database.close();
    await().atMost(LIMIT).until(() -> !sink.isHealthy() && sink.metrics().retries() >= 3);
    int before = sent.get();
    await().atMost(LIMIT).until(() -> sent.get() > before + 2 * ROUND);
    return EmbeddedDatabase.start(directory, database.port());
  }

  private void send(AtomicInteger sent, AtomicBoolean enough) {
    while (!enough.get()) {
      sending.events(ROUND);
      sent.addAndGet(ROUND);
    }
  }

  private AnalyticsSink sink(String jdbcUrl) {
    return new AnalyticsSink(config(jdbcUrl), topics, kafka);
  }

  private static SinkConfig config(String jdbcUrl) {
    return new SinkConfig(new DatabaseLogin(jdbcUrl, "", ""), Duration.ofDays(36_500), 100);
  }
}
