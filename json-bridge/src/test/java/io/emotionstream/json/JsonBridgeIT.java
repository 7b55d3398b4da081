// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.json;

import static io.emotionstream.schemas.Emotion.HAPPY;
import static io.emotionstream.schemas.Emotion.SAD;
import static io.emotionstream.testkit.Distributions.window;
import static io.emotionstream.testkit.Events.event;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.Topic;
import io.emotionstream.schemas.TopicAdmin;
import io.emotionstream.schemas.Topics;
import io.emotionstream.testkit.BrokerExtension;
import io.emotionstream.testkit.TestBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(BrokerExtension.class)
@Timeout(180)
class JsonBridgeIT {
  /** Not long ago, or the broker's retention would delete the records during the test. */
  private static final Instant NOON = Instant.now().minusSeconds(60).truncatedTo(SECONDS);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  void copiesEachRecordOnceInItsOrderAcrossARestart(TestBroker broker) {
    Topics topics = broker.newTopics();
    try (Admin admin = broker.newAdmin()) {
      new TopicAdmin(admin).create(topics.json());
    }
    sendEvents(broker, topics, 0);
    broker.sendBytes(
        List.of(new ProducerRecord<>(topics.emotionEvents().name(), "cam-1", new byte[] {1, 2})));
    broker.send(
        AvroSerde.of(EmotionDistribution.class),
        List.of(
            new ProducerRecord<>(
                topics.distributions().name(),
                null,
                NOON.plusSeconds(10).toEpochMilli(),
                "cam-1",
                window("cam-1", NOON, Duration.ofSeconds(10)).counting(SAD, 2).build())));

    try (JsonBridge bridge = new JsonBridge(topics, settings(broker, topics))) {
      bridge.start();
      await().atMost(PATIENCE).until(() -> copies(broker, topics.emotionEvents()).size() == 20);
      await().atMost(PATIENCE).until(() -> copies(broker, topics.distributions()).size() == 1);
      await().atMost(PATIENCE).until(() -> bridge.skipped() == 1);
    }
    sendEvents(broker, topics, 20);
    try (JsonBridge bridge = new JsonBridge(topics, settings(broker, topics))) {
      bridge.start();
      await().atMost(PATIENCE).until(() -> copies(broker, topics.emotionEvents()).size() >= 40);
      assertThat(bridge.failure()).isEmpty();
    }

    List<ConsumerRecord<String, byte[]>> copies = copies(broker, topics.emotionEvents());
    List<ConsumerRecord<String, EmotionEvent>> originals =
        broker.committedBytes(topics.emotionEvents()).stream()
            .filter(record -> record.value().length > 2)
            .map(JsonBridgeIT::decoded)
            .toList();
    assertThat(copies).hasSize(40);
    for (int i = 0; i < originals.size(); i++) {
      ConsumerRecord<String, EmotionEvent> original = originals.get(i);
      assertThat(copies)
          .filteredOn(
              copy ->
                  new String(copy.value(), StandardCharsets.UTF_8)
                      .contains("\"" + original.value().getFrameId() + "\""))
          .singleElement()
          .satisfies(
              copy -> {
                assertThat(copy.key()).isEqualTo(original.key());
                assertThat(copy.partition()).isEqualTo(original.partition());
                assertThat(copy.timestamp()).isEqualTo(original.timestamp());
              });
    }
    assertThat(
            new String(
                copies(broker, topics.distributions()).get(0).value(), StandardCharsets.UTF_8))
        .contains("\"cameraId\":\"cam-1\"", "\"windowStart\":\"" + NOON + "\"", "\"total\":2");
  }

  @Test
  void namesTheTopicsThatAreMissing(TestBroker broker) {
    Topics topics = broker.newTopics();

    try (JsonBridge bridge = new JsonBridge(topics, settings(broker, topics))) {
      assertThatThrownBy(bridge::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(topics.prefix() + "emotion-events-json")
          .hasMessageContaining("./emotion topics create --json");
    }
  }

  private static void sendEvents(TestBroker broker, Topics topics, int from) {
    broker.send(
        AvroSerde.of(EmotionEvent.class),
        IntStream.range(from, from + 20)
            .mapToObj(
                i -> {
                  Instant at = NOON.plusSeconds(i);
                  String camera = "cam-" + i % 3;
                  return new ProducerRecord<>(
                      topics.emotionEvents().name(),
                      null,
                      at.toEpochMilli(),
                      camera,
                      event(camera, HAPPY, at).build());
                })
            .toList());
  }

  private static ConsumerRecord<String, EmotionEvent> decoded(
      ConsumerRecord<String, byte[]> record) {
    EmotionEvent event = AvroSerde.<EmotionEvent>of(EmotionEvent.class).decode(record.value());
    return new ConsumerRecord<>(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.timestampType(),
        0,
        0,
        record.key(),
        event,
        record.headers(),
        Optional.empty());
  }

  private static List<ConsumerRecord<String, byte[]>> copies(TestBroker broker, Topic topic) {
    return broker.committedBytes(Topics.jsonOf(topic));
  }

  private Map<String, Object> settings(TestBroker broker, Topics topics) {
    return Map.of(
        "bootstrap.servers", broker.bootstrapServers(),
        "application.id", topics.prefix() + "json",
        "state.dir", directory.toString());
  }
}
