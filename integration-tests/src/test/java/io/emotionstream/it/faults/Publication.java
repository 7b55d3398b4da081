// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.it.faults;

import io.emotionstream.schemas.DeadLetter;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes an {@link Input} and remembers where each record came to lie: what cannot be read has
 * no other name.
 */
final class Publication implements AutoCloseable {
  private final Input input;
  private final String topic;
  private final KafkaProducer<String, byte[]> producer;
  private final Map<Place, String> answerable = new ConcurrentHashMap<>();
  private int next;
  private volatile @Nullable Exception failure;

  private record Place(int partition, long offset) {}

  Publication(Input input, String topic, String bootstrapServers) {
    this.input = input;
    this.topic = topic;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 5),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** Publishes the records that come next, up to {@code end}, and waits until all are taken. */
  void publishTo(int end) {
    send(end);
    producer.flush();
    if (failure != null) {
      throw new IllegalStateException("not published", failure);
    }
  }

  /** Publishes all that is left. */
  void publishAll() {
    publishTo(input.size());
  }

  /** Returns the ids of what was published and has to be answered. */
  Set<String> ids() {
    return new HashSet<>(answerable.values());
  }

  /** Returns the id of the record that a letter is about. */
  String idOf(DeadLetter letter) {
    Place place = new Place(letter.getSourcePartition(), letter.getSourceOffset());
    return Optional.ofNullable(answerable.get(place)).orElse("unknown " + place);
  }

  /** Returns how many records that have to be answered lie before {@code offsets}. */
  long answerableBefore(Map<TopicPartition, Long> offsets) {
    Map<Integer, Long> ends = new HashMap<>();
    offsets.forEach((partition, offset) -> ends.put(partition.partition(), offset));
    return List.copyOf(answerable.keySet()).stream()
        .filter(place -> place.offset < ends.getOrDefault(place.partition, 0L))
        .count();
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }

  private void send(int end) {
    while (next < end) {
      Input.Entry entry = input.get(next);
      producer.send(
          new ProducerRecord<>(topic, entry.key(), entry.value()),
          (written, refusal) -> {
            if (refusal != null) {
              failure = refusal;
            } else if (entry.id() != null) {
              answerable.put(new Place(written.partition(), written.offset()), entry.id());
            }
          });
      next++;
    }
  }
}
