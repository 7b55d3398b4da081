// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import io.emotionstream.schemas.Topic;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Readers of what is committed from now on. */
final class CommittedRecords {
  private CommittedRecords() {}

  /** Opens a consumer of all partitions of {@code topics} that stands at their ends. */
  static KafkaConsumer<byte[], byte[]> readFromEnd(String bootstrapServers, Topic... topics) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        Stream.of(topics)
            .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.endOffsets(partitions).forEach(consumer::seek);
    return consumer;
  }
}
