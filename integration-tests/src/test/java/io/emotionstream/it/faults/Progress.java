// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.it.faults;

import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.Topic;
import io.emotionstream.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Counts, while a run goes on, what is committed. */
final class Progress implements AutoCloseable {
  private final Topics topics;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final AvroSerde<EmotionDistribution> distributions =
      AvroSerde.of(EmotionDistribution.class);
  private final Thread thread = new Thread(this::run, "progress");

  // Written by the thread only.
  private volatile long events;
  private volatile long deadLetters;
  private volatile long settled;

  Progress(Topics topics, String bootstrapServers) {
    this.topics = topics;
    this.consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        Stream.of(
                topics.emotionEvents(),
                topics.deadLetters(),
                topics.lateEvents(),
                topics.distributions())
            .flatMap(Progress::partitions)
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    thread.start();
  }

  /** Returns the events and dead letters. */
  long answered() {
    return events + deadLetters;
  }

  /** Returns whether each event is in a window that is closed, or late. */
  boolean allWindowsAreClosed() {
    return settled == events;
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Stream<TopicPartition> partitions(Topic topic) {
    return IntStream.range(0, topic.partitions())
        .mapToObj(partition -> new TopicPartition(topic.name(), partition));
  }

  private void run() {
    try (consumer) {
      while (true) {
        consumer.poll(Duration.ofMillis(100)).forEach(this::count);
      }
    } catch (WakeupException e) {
      // close() was called
    }
  }

  private void count(ConsumerRecord<byte[], byte[]> record) {
    String topic = record.topic();
    if (topic.equals(topics.emotionEvents().name())) {
      events++;
    } else if (topic.equals(topics.deadLetters().name())) {
      deadLetters++;
    } else if (topic.equals(topics.lateEvents().name())) {
      settled++;
    } else {
      settled += distributions.decode(record.value()).getTotal();
    }
  }
}
