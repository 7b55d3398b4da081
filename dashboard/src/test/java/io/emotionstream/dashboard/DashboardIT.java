// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard;

import static io.emotionstream.schemas.Emotion.HAPPY;
import static io.emotionstream.schemas.Emotion.SAD;
import static io.emotionstream.testkit.Distributions.window;
import static io.emotionstream.testkit.Events.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.emotionstream.dashboard.LiveEvents.Event;
import io.emotionstream.dashboard.history.HistoryConfig;
import io.emotionstream.dashboard.live.ModelFigures;
import io.emotionstream.dashboard.web.WebConfig;
import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.DeadLetter;
import io.emotionstream.schemas.DeadLetterReason;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.Topic;
import io.emotionstream.schemas.Topics;
import io.emotionstream.sink.AnalyticsSink;
import io.emotionstream.sink.SinkConfig;
import io.emotionstream.testkit.BrokerExtension;
import io.emotionstream.testkit.DatabaseExtension;
import io.emotionstream.testkit.FixedAnswerClassifier;
import io.emotionstream.testkit.TestBroker;
import io.emotionstream.testkit.TestDatabase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The dashboard with the topics and tables that it is made for. */
@ExtendWith({BrokerExtension.class, DatabaseExtension.class})
class DashboardIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration SIZE = Duration.ofSeconds(10);

  private final TestBroker broker;
  private final Topics topics;
  private final Instant start = Instant.now().truncatedTo(ChronoUnit.MINUTES);

  DashboardIT(TestBroker broker) {
    this.broker = broker;
    this.topics = broker.newTopics();
  }

  @Test
  void showsAFaceWithinTwoSecondsAndMarksACameraThatFallsSilent() throws Exception {
    see("lobby", HAPPY, Instant.now());
    try (Dashboard dashboard = started(Optional.empty());
        LiveEvents live = client(dashboard).events("/api/live?camera=lobby&camera=yard")) {
      Event first = live.next();
      assertThat(first.name()).isEqualTo("snapshot");
      live.next(event -> event.camera("lobby").path("faces").asInt() == 1);

      long sent = System.nanoTime();
      see("lobby", SAD, Instant.now());
      Event second = live.next(event -> event.camera("lobby").path("faces").asInt() == 2);
      assertThat(Duration.ofNanos(System.nanoTime() - sent)).isLessThan(Duration.ofSeconds(2));
      assertThat(second.name()).isEqualTo("update");
      assertThat(OpenApi.load().differences("/api/live", second.data())).isEmpty();
      assertThat(second.camera("lobby").get("state").asText()).isEqualTo("live");
      assertThat(counts(second.camera("lobby"))).containsExactly(0, 0, 0, 1, 1, 0, 0);
      assertThat(second.data().at("/model/id").asText()).isEqualTo(FixedAnswerClassifier.MODEL_ID);
      assertThat(second.data().at("/model/accuracy").asDouble()).isEqualTo(0.68);

      finish(window("lobby", Instant.now(), SIZE).alive(3).build());
      Event silent =
          live.next(event -> event.camera("lobby").path("state").asText().equals("silent"));
      JsonNode window = silent.camera("lobby").at("/windows/0");
      assertThat(window.get("kind").asText()).isEqualTo("empty");
      assertThat(window.get("total").asInt()).isZero();
      assertThat(silent.data().at("/totals/silent").asInt()).isEqualTo(1);
    }
  }

  @Test
  void countsDeadLettersByReasonWithoutTheirBytesAndLateFacesAndRecordsThatAreNone()
      throws Exception {
    byte[] face = "a face of somebody".getBytes(UTF_8);
    send(
        topics.deadLetters(),
        "lobby",
        AvroSerde.of(DeadLetter.class),
        DeadLetter.newBuilder()
            .setReason(DeadLetterReason.UNDECODABLE_IMAGE)
            .setMessage("not a picture")
            .setSourceTopic("face-frames")
            .setSourcePartition(0)
            .setSourceOffset(7)
            .setSourceTimestamp(start)
            .setFailedAt(start)
            .setOriginal(ByteBuffer.wrap(face))
            .build(),
        Instant.now());
    send(
        topics.lateEvents(),
        "lobby",
        AvroSerde.of(EmotionEvent.class),
        event("lobby", HAPPY, Instant.now()).missing(SIZE, SIZE, 1).build(),
        Instant.now());
    broker.sendBytes(
        List.of(new ProducerRecord<>(topics.emotionEvents().name(), "lobby", new byte[] {1, 2})));

    try (Dashboard dashboard = started(Optional.empty());
        LiveEvents live = client(dashboard).events("/api/live")) {
      Event event =
          live.next(
              one ->
                  one.data().at("/totals/recordsUnreadable").asInt() == 1
                      && one.data().at("/totals/lateFaces").asInt() == 1
                      && one.data().at("/totals/deadLetters/undecodable_image").asInt() == 1);
      assertThat(event.data().toString()).doesNotContain("somebody");
    }
  }

  @Test
  void goesOnAfterABreakWithWhatIsNewAndBeginsAnewWhereThatIsNotKnown() throws Exception {
    see("lobby", HAPPY, Instant.now());
    try (Dashboard dashboard = started(Optional.empty())) {
      TestClient client = client(dashboard);
      long last;
      try (LiveEvents live = client.events("/api/live?camera=lobby")) {
        last = live.next(event -> event.camera("lobby").path("faces").asInt() == 1).id();
      }
      finish(window("lobby", start, SIZE).counting(HAPPY, 1).build());
      finish(window("lobby", start.plus(SIZE), SIZE).counting(SAD, 2).build());
      await()
          .atMost(LIMIT)
          .until(
              () ->
                  client
                      .json("/api/cameras")
                      .at("/cameras/0/lastWindowEndAt")
                      .asText()
                      .equals(text(start.plusSeconds(20))));

      try (LiveEvents live =
          client.events("/api/live?camera=lobby", "Last-Event-ID", Long.toString(last))) {
        Event update = live.next();
        assertThat(update.name()).isEqualTo("update");
        assertThat(update.id()).isGreaterThan(last);
        assertThat(update.camera("lobby").get("windows")).hasSize(2);
        assertThat(update.camera("lobby").at("/windows/1/total").asInt()).isEqualTo(2);
      }
      try (LiveEvents live = client.events("/api/live?camera=lobby", "Last-Event-ID", "12345")) {
        assertThat(live.next().name()).isEqualTo("snapshot");
      }
    }
  }

  @Test
  void isNotEmptyAfterARestartAndReadsPartitionsThatAreAdded() throws Exception {
    see("long-ago", HAPPY, Instant.now().minus(Duration.ofHours(2)));
    see("lobby", HAPPY, Instant.now().minus(Duration.ofMinutes(5)));
    finish(window("lobby", start.minusSeconds(300), SIZE).counting(HAPPY, 1).build());

    try (Dashboard dashboard = started(Optional.empty())) {
      TestClient client = client(dashboard);
      await().atMost(LIMIT).until(() -> client.get("/health/ready").statusCode() == 200);
      await().atMost(LIMIT).until(() -> client.json("/api/cameras").get("total").asInt() == 1);
      JsonNode lobby = client.json("/api/cameras").at("/cameras/0");
      assertThat(lobby.get("camera").asText()).isEqualTo("lobby");
      assertThat(lobby.get("state").asText()).isEqualTo("gone");

      int added = Topics.DEFAULT_PARTITIONS;
      try (Admin admin = broker.newAdmin()) {
        admin
            .createPartitions(
                Map.of(topics.emotionEvents().name(), NewPartitions.increaseTo(added + 1)))
            .all()
            .get();
      }
      send(
          new ProducerRecord<>(
              topics.emotionEvents().name(),
              added,
              Instant.now().toEpochMilli(),
              "yard",
              AvroSerde.of(EmotionEvent.class).encode(event("yard", SAD, Instant.now()).build())));
      await().atMost(LIMIT).until(() -> client.json("/api/cameras").get("total").asInt() == 2);
    }
  }

  @Test
  void answersWhatTheSinkHasStored(TestDatabase database) throws Exception {
    for (int i = 0; i < 12; i++) {
      Instant at = start.plus(SIZE.multipliedBy(i));
      finish(window("lobby", at, SIZE).counting(HAPPY, 3).counting(SAD, 1).build());
      finish(window("=cmd", at, SIZE).counting(SAD, 2).build());
    }
    finish(
        window("lobby", start, Duration.ofMinutes(1)).counting(HAPPY, 18).counting(SAD, 6).build());
    Map<String, Object> sinkKafka = new HashMap<>(kafka());
    sinkKafka.put("group.id", "sink-" + topics.prefix());
    try (AnalyticsSink sink =
            new AnalyticsSink(SinkConfig.of(database.jdbcUrl(), "", ""), topics, sinkKafka);
        Dashboard dashboard = started(Optional.of(database.jdbcUrl()))) {
      TestClient client = client(dashboard);
      assertThat(client.error("/api/windows", 503).get("message").asText())
          .contains("./emotion sink");
      sink.start();
      String range = "from=" + start + "&to=" + start.plusSeconds(120);
      String all = "/api/windows?size=10000&" + range;
      await().atMost(LIMIT).until(() -> client.json(all).get("windows").size() == 24);

      JsonNode page = client.json(all + "&camera=lobby&limit=5");
      assertThat(page.get("windows")).hasSize(5);
      assertThat(page.at("/windows/0/startAt").asText()).isEqualTo(text(start.plusSeconds(110)));
      assertThat(counts(page.at("/windows/0"))).containsExactly(0, 0, 0, 3, 1, 0, 0);
      JsonNode next =
          client.json(all + "&camera=lobby&limit=5&cursor=" + page.get("next").asText());
      assertThat(next.at("/windows/0/startAt").asText()).isEqualTo(text(start.plusSeconds(60)));

      JsonNode sums = client.json("/api/distribution?resolution=1m&" + range);
      assertThat(sums.get("sizeMs").asInt()).isEqualTo(10_000); // 1m is stored of one camera only
      assertThat(sums.get("buckets")).hasSize(2);
      assertThat(counts(sums.at("/buckets/0"))).containsExactly(0, 0, 0, 18, 18, 0, 0);
      assertThat(client.json("/api/distribution?camera=lobby&" + range).get("resolutionMs").asInt())
          .isEqualTo(10_000);
      assertThat(
              client
                  .error(
                      "/api/distribution?resolution=10s&camera=lobby&from=2020-01-01T00:00:00Z",
                      400)
                  .get("parameter")
                  .asText())
          .isEqualTo("resolution");

      String csv = client.get("/api/windows.csv?size=10000&" + range).body();
      List<String> lines = csv.lines().toList();
      assertThat(lines).hasSize(25);
      assertThat(lines.get(0)).startsWith("camera,size_ms,advance_ms,start,end,kind,angry,");
      assertThat(csv).contains("'=cmd,10000,10000,").doesNotContain("\n=cmd");

      OpenApi document = OpenApi.load();
      assertThat(client.json("/api/history/cameras?query=LOB").at("/cameras/0").asText())
          .isEqualTo("lobby");
      for (String path :
          List.of("/api/meta", "/api/cameras", "/api/history/cameras", "/api/health")) {
        assertThat(document.differences(path, client.json(path))).isEmpty();
      }
      assertThat(document.differences("/api/windows", page)).isEmpty();
      assertThat(document.differences("/api/distribution", sums)).isEmpty();
      assertThat(client.json("/api/meta").get("windowSizesMs").toString())
          .isEqualTo("[10000,60000]");
      await()
          .atMost(LIMIT)
          .until(() -> client.json("/api/health").get("status").asText().equals("ok"));
    }
  }

  private Dashboard started(Optional<String> jdbcUrl) throws IOException {
    ModelFigures model =
        new ModelFigures(
            FixedAnswerClassifier.MODEL_ID, "fixed", 0.68, 0.66, 0.7, 0.6, "PublicTest", 3_589L);
    DashboardConfig config =
        new DashboardConfig(
            new WebConfig("test", "127.0.0.1", 0, Optional.empty(), Optional.empty()),
            DashboardConfig.DEFAULT_LIVE_HISTORY,
            jdbcUrl.map(url -> HistoryConfig.of(url, "", "")),
            List.of(model));
    Map<String, Object> settings = new HashMap<>(kafka());
    settings.put("metadata.max.age.ms", 1_000);
    Dashboard dashboard = new Dashboard(config, topics, settings);
    dashboard.start();
    return dashboard;
  }

  private Map<String, Object> kafka() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  private static TestClient client(Dashboard dashboard) {
    return TestClient.of(dashboard.address());
  }

  private void see(String camera, Emotion emotion, Instant at) {
    EmotionEvent face = event(camera, emotion, at).build();
    send(topics.emotionEvents(), camera, AvroSerde.of(EmotionEvent.class), face, at);
  }

  private void finish(EmotionDistribution window) {
    send(
        topics.distributions(),
        window.getCameraId(),
        AvroSerde.of(EmotionDistribution.class),
        window,
        window.getWindowEnd());
  }

  private <T extends SpecificRecord> void send(
      Topic topic, String camera, AvroSerde<T> serde, T value, Instant at) {
    send(new ProducerRecord<>(topic.name(), null, at.toEpochMilli(), camera, serde.encode(value)));
  }

  private void send(ProducerRecord<String, byte[]> record) {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(kafka(), new StringSerializer(), new ByteArraySerializer())) {
      producer.send(record);
      producer.flush();
    }
  }

  private static int[] counts(JsonNode holder) {
    return Stream.iterate(0, i -> i + 1)
        .limit(7)
        .mapToInt(i -> holder.get("counts").get(i).asInt())
        .toArray();
  }

  private static String text(Instant time) {
    return time.toString().replace("Z", time.getNano() == 0 ? ".000Z" : "Z");
  }
}
