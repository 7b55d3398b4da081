// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import static java.util.Objects.requireNonNull;

import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.RecordFormat;
import io.emotionstream.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;

/** Turns polled records into a batch; what cannot be decoded becomes a rejection. */
final class BatchDecoder {
  private final AvroSerde<EmotionEvent> eventSerde;
  private final AvroSerde<EmotionDistribution> distributionSerde;
  private final Topics topics;

  BatchDecoder(Topics topics, RecordFormat format) {
    this.topics = topics;
    this.eventSerde = format.serde(EmotionEvent.class);
    this.distributionSerde = format.serde(EmotionDistribution.class);
  }

  List<String> topicNames() {
    return List.of(
        topics.emotionEvents().name(), topics.lateEvents().name(), topics.distributions().name());
  }

  /**
   * Returns the batch of {@code records}.
   *
   * @param positions the stored position of each partition in {@code records}
   */
  Batch decode(
      ConsumerRecords<byte[], byte[]> records, Map<TopicPartition, StoredPosition> positions) {
    Rows<EmotionEvent> events = new Rows<>(eventSerde, new EventTable());
    Rows<EmotionEvent> lateEvents = new Rows<>(eventSerde, new LateEventTable());
    Rows<EmotionDistribution> distributions =
        new Rows<>(distributionSerde, new DistributionTable());
    Map<String, Rows<?>> byTopic =
        Map.of(
            topics.emotionEvents().name(), events,
            topics.lateEvents().name(), lateEvents,
            topics.distributions().name(), distributions);
    List<Rejection> rejections = new ArrayList<>();
    List<Advance> advances = new ArrayList<>();
    for (TopicPartition partition : records.partitions()) {
      StoredPosition position = requireNonNull(positions.get(partition));
      Rows<?> rows = requireNonNull(byTopic.get(partition.topic()));
      long next = 0;
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        rows.add(source(position.partition(), record), rejections);
        next = record.offset() + 1;
      }
      advances.add(new Advance(position.partition(), position.next(), next));
    }
    return new Batch(events.rows, lateEvents.rows, distributions.rows, rejections, advances);
  }

  private static Source source(PartitionKey partition, ConsumerRecord<byte[], byte[]> record) {
    return new Source(partition, record.offset(), record.key(), record.value());
  }

  private static final class Rows<T extends SpecificRecord> {
    private final List<Row<T>> rows = new ArrayList<>();
    private final AvroSerde<T> serde;
    private final RowTable<T> table;

    Rows(AvroSerde<T> serde, RowTable<T> table) {
      this.serde = serde;
      this.table = table;
    }

    void add(Source source, List<Rejection> rejections) {
      byte[] value = source.value();
      if (value == null) {
        rejections.add(new Rejection(source, "no value: a tombstone means nothing here"));
        return;
      }
      try {
        T decoded = serde.decode(value);
        table.check(decoded);
        rows.add(new Row<>(source, decoded));
      } catch (SerializationException | IllegalArgumentException e) {
        rejections.add(new Rejection(source, String.valueOf(e.getMessage())));
      }
    }
  }
}
