// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emotionstream.schemas.Topic;
import io.emotionstream.testkit.BrokerExtension;
import io.emotionstream.testkit.TestBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The probe against a real broker, and against none. */
@ExtendWith(BrokerExtension.class)
class KafkaProbeIT {
  @Test
  void tellsThatTheBrokerAnswersAndHowFarAGroupIsBehind(TestBroker broker) {
    Topic topic = broker.newTopics(1).emotionEvents();
    String group = broker.newPrefix() + "group";
    broker.sendBytes(
        List.of(
            new ProducerRecord<>(topic.name(), "a", new byte[1]),
            new ProducerRecord<>(topic.name(), "a", new byte[1]),
            new ProducerRecord<>(topic.name(), "a", new byte[1])));
    Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Operations operations = new Operations("test", "1")) {
      operations.watchKafka(settings, Set.of(group));
      await().until(() -> operations.page(Operations.READY).orElseThrow().status() == 200);
      assertThat(metrics(operations)).doesNotContain("emotion_lag_records{");

      commit(broker, group, new TopicPartition(topic.name(), 0), 1);

      String lag =
          "emotion_lag_records{group=\"%s\",topic=\"%s\"} 2.0\n".formatted(group, topic.name());
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(metrics(operations)).contains(lag));
    }
  }

  @Test
  void showsTheMetersOfAClientWithoutThoseOfEachPartitionAndBroker(TestBroker broker) {
    Topic topic = broker.newTopics(3).emotionEvents();
    broker.sendBytes(List.of(new ProducerRecord<>(topic.name(), "a", new byte[1])));
    try (Operations operations = new Operations("test", "1");
        KafkaConsumer<byte[], byte[]> consumer = consumer(broker, broker.newPrefix())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      await().until(() -> !consumer.poll(Duration.ofMillis(200)).isEmpty());
      consumer.poll(Duration.ofMillis(200));

      operations.consumer(consumer);

      assertThat(metrics(operations))
          .contains("kafka_consumer_fetch_manager_records_consumed_total{")
          .contains("kafka_consumer_fetch_manager_records_lag{")
          .doesNotContain("kafka_consumer_fetch_manager_records_lead_avg{")
          .doesNotContain("node_id=");
    }
  }

  @Test
  void saysHowLongTheBrokerHasNotAnswered() {
    AtomicLong nanos = new AtomicLong();
    Map<String, Object> nowhere =
        Map.of(
            "bootstrap.servers", "127.0.0.1:1",
            "request.timeout.ms", "500",
            "default.api.timeout.ms", "500");
    try (KafkaProbe probe = new KafkaProbe(Admin.create(nowhere), Set.of("any"), nanos::get)) {
      assertThat(probe.problem()).hasValue("no answer from the broker yet");

      probe.look();

      assertThat(probe.problem())
          .hasValueSatisfying(
              why -> assertThat(why).startsWith("no answer from the broker yet: ").contains("out"));
    }
  }

  @Test
  void forgivesAShortSilence(TestBroker broker) {
    AtomicLong nanos = new AtomicLong();
    Admin admin = broker.newAdmin();
    try (KafkaProbe probe = new KafkaProbe(admin, Set.of(), nanos::get)) {
      probe.look();
      admin.close(Duration.ZERO);
      nanos.addAndGet(Duration.ofSeconds(14).toNanos());
      probe.look();
      assertThat(probe.problem()).isEmpty();

      nanos.addAndGet(Duration.ofSeconds(2).toNanos());

      assertThat(probe.problem())
          .hasValueSatisfying(
              why -> assertThat(why).startsWith("no answer from the broker for 16 s: "));
    }
  }

  private static void commit(TestBroker broker, String group, TopicPartition partition, long at) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(broker, group)) {
      consumer.assign(List.of(partition));
      consumer.commitSync(Map.of(partition, new OffsetAndMetadata(at)));
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(TestBroker broker, String group) {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", broker.bootstrapServers(), "group.id", group),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private static String metrics(Operations operations) {
    return new String(operations.page(Operations.METRICS).orElseThrow().body(), UTF_8);
  }
}
