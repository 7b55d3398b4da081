// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.FaceFrame;
import io.emotionstream.schemas.TopicAdmin;
import io.emotionstream.schemas.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BrokerExtension.class)
class BrokerExtensionTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final AvroSerde<FaceFrame> FRAMES = AvroSerde.of(FaceFrame.class);

  @Test
  void everyClassGetsTheSameBroker(TestBroker broker) {
    SeenBrokers.add(broker.bootstrapServers());

    assertThat(SeenBrokers.ALL).hasSize(1);
  }

  @Test
  void newTopicsFollowTheContractAndAreNobodyElses(TestBroker broker) {
    Topics topics = broker.newTopics(2);
    Topics others = broker.newTopics();

    assertThat(topics.prefix()).isNotEqualTo(others.prefix());
    try (Admin admin = broker.newAdmin()) {
      assertThat(new TopicAdmin(admin).describe(topics))
          .hasSize(topics.all().size())
          .allSatisfy(
              finding -> {
                assertThat(finding.state()).isEqualTo(TopicAdmin.State.EXISTS);
                assertThat(finding.differences()).isEmpty();
                boolean control = finding.topic().name().equals(topics.models().name());
                assertThat(finding.topic().partitions()).isEqualTo(control ? 1 : 2);
              });
    }
  }

  @Test
  void readsBackWhatItSentInOrderWithKeyAndTimestamp(TestBroker broker) {
    Topics topics = broker.newTopics();
    FaceFrame first = Faces.frame("lobby", NOON).build();
    FaceFrame second = Faces.frame("lobby", NOON).build();
    String topic = topics.faceFrames().name();

    broker.send(
        FRAMES,
        List.of(
            new ProducerRecord<>(topic, null, NOON.toEpochMilli(), "lobby", first),
            new ProducerRecord<>(topic, null, NOON.toEpochMilli(), "lobby", second)));

    List<ConsumerRecord<String, FaceFrame>> read = broker.committed(topics.faceFrames(), FRAMES);
    assertThat(read).extracting(ConsumerRecord::value).containsExactly(first, second);
    assertThat(read)
        .allSatisfy(
            record -> {
              assertThat(record.key()).isEqualTo("lobby");
              assertThat(record.timestamp()).isEqualTo(NOON.toEpochMilli());
            });
  }

  @Test
  void keepsTombstonesAndDoesNotShowAbortedRecords(TestBroker broker) {
    Topics topics = broker.newTopics(1);
    String topic = topics.faceFrames().name();
    broker.sendBytes(List.of(new ProducerRecord<>(topic, "lobby", null)));

    sendAndAbort(broker, new ProducerRecord<>(topic, "lobby", new byte[] {1}));

    assertThat(broker.committedBytes(topics.faceFrames()))
        .singleElement()
        .extracting(ConsumerRecord::value)
        .isNull();
  }

  private static void sendAndAbort(TestBroker broker, ProducerRecord<String, byte[]> record) {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "transactional.id", broker.newPrefix()),
            new StringSerializer(),
            (topic, bytes) -> bytes)) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(record);
      producer.flush();
      producer.abortTransaction();
    }
  }
}
