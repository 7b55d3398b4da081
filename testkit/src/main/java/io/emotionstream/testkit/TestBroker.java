// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.Topic;
import io.emotionstream.schemas.TopicAdmin;
import io.emotionstream.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A broker as tests use it; {@link BrokerExtension} and {@link TestCluster} give one. Safe for use
 * by several threads.
 */
public final class TestBroker {
  private static final Duration POLL = Duration.ofMillis(200);

  private final String bootstrapServers;

  TestBroker(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** Returns a broker, or a cluster, that the test has started itself. */
  public static TestBroker at(String bootstrapServers) {
    return new TestBroker(bootstrapServers);
  }

  /** Returns its address. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Makes all topics of the contract under a prefix of their own. */
  public Topics newTopics() {
    return newTopics(Topics.DEFAULT_PARTITIONS);
  }

  /** Makes all topics of the contract under a prefix of their own. */
  public Topics newTopics(int partitions) {
    Topics topics = new Topics(newPrefix(), partitions, (short) -1);
    try (Admin admin = newAdmin()) {
      new TopicAdmin(admin).create(topics);
    }
    return topics;
  }

  /** Returns a name that no other test has, such as {@code test-1c9f0a52-}. */
  public String newPrefix() {
    return "test-" + UUID.randomUUID().toString().substring(0, 8) + "-";
  }

  /** Returns an admin client; the caller closes it. */
  public Admin newAdmin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  /** Writes records whose values may be damaged or null, and waits until the broker has them. */
  public void sendBytes(List<ProducerRecord<String, byte[]>> records) {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "enable.idempotence", "true"),
            new StringSerializer(),
            (topic, bytes) -> bytes)) {
      records.stream().map(producer::send).toList().forEach(Answers::await);
    }
  }

  /**
   * Writes records and waits until the broker has them.
   *
   * @param records their topic, key, timestamp and value
   */
  public <T extends SpecificRecord> void send(
      AvroSerde<T> serde, List<ProducerRecord<String, T>> records) {
    sendBytes(records.stream().map(record -> encoded(serde, record)).toList());
  }

  /**
   * Reads all committed records that are on {@code topic} now, of a partition in their order.
   *
   * @throws org.apache.kafka.common.errors.SerializationException if one is not a {@code T}
   */
  public <T extends SpecificRecord> List<ConsumerRecord<String, T>> committed(
      Topic topic, AvroSerde<T> serde) {
    return committed(topic.name(), topic.partitions(), serde.deserializer());
  }

  /** Reads all committed records that are on {@code topic} now, of a partition in their order. */
  public List<ConsumerRecord<String, byte[]>> committedBytes(Topic topic) {
    return committed(topic.name(), topic.partitions(), (name, bytes) -> bytes);
  }

  private <T> List<ConsumerRecord<String, T>> committed(
      String topic, int partitions, Deserializer<T> deserializer) {
    List<TopicPartition> all =
        IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(topic, p)).toList();
    try (KafkaConsumer<String, T> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new StringDeserializer(),
            deserializer)) {
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      List<ConsumerRecord<String, T>> records = new ArrayList<>();
      while (ends.entrySet().stream().anyMatch(end -> isBefore(consumer, end))) {
        consumer.poll(POLL).forEach(records::add);
      }
      return records;
    }
  }

  private static boolean isBefore(
      KafkaConsumer<?, ?> consumer, Map.Entry<TopicPartition, Long> end) {
    return consumer.position(end.getKey()) < end.getValue();
  }

  private static <T extends SpecificRecord> ProducerRecord<String, byte[]> encoded(
      AvroSerde<T> serde, ProducerRecord<String, T> record) {
    return new ProducerRecord<>(
        record.topic(),
        record.partition(),
        record.timestamp(),
        record.key(),
        serde.serializer().serialize(record.topic(), record.value()),
        record.headers());
  }
}
