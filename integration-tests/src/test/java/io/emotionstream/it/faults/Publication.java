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
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
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
  private static final Duration TICK = Duration.ofMillis(200);
  private static final Duration DECAY = Duration.ofSeconds(40);

  private final Input input;
  private final String topic;
  private final KafkaProducer<String, byte[]> producer;
  private final Map<Place, String> answerable = new ConcurrentHashMap<>();
  private final ScheduledExecutorService feeder = Executors.newSingleThreadScheduledExecutor();
  private volatile int next;
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

  /** Publishes so many more records, if the cameras have them. */
  void publishMore(int records) {
    publishTo(Math.min(next + records, endOfFeed()));
  }

  /** Publishes all that is left. */
  void publishAll() {
    publishTo(input.size());
  }

  /** Goes on by itself with the records before the last ones, so many a second. */
  void feed(int perSecond) {
    feed(endOfFeed(), left -> (int) (perSecond * TICK.toMillis() / 1000));
  }

  /**
   * Goes on by itself with half of the records, some at first, then fewer, so that they last for
   * minutes; the others are for {@link #publishMore}.
   */
  void feedHalf() {
    feed(endOfFeed() / 2, left -> (int) (left * TICK.toMillis() / DECAY.toMillis()));
  }

  /** Ends the feed where it is. */
  void stopFeed() throws InterruptedException {
    feeder.shutdown();
    if (!feeder.awaitTermination(1, TimeUnit.MINUTES)) {
      throw new IllegalStateException("the feed does not end");
    }
  }

  /** Returns whether there is nothing left for the feed. */
  boolean isFed() {
    return next >= endOfFeed();
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
    feeder.shutdownNow();
    producer.close(Duration.ZERO);
  }

  private void feed(int budget, IntUnaryOperator share) {
    AtomicInteger left = new AtomicInteger(budget);
    feeder.scheduleAtFixedRate(
        () -> {
          int records = Math.min(left.get(), Math.max(1, share.applyAsInt(left.get())));
          send(Math.min(next + records, endOfFeed()));
          left.addAndGet(-records);
        },
        0,
        TICK.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private int endOfFeed() {
    return input.size() - Input.CAMERAS;
  }

  private synchronized void send(int end) {
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
