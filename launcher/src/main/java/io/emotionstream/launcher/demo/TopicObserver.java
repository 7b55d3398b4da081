// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher.demo;

import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.CameraHeartbeat;
import io.emotionstream.schemas.DeadLetter;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.FaceFrame;
import io.emotionstream.schemas.Topic;
import io.emotionstream.schemas.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads every topic from where it stood when the observer was made, committed records only, as any
 * consumer outside would: the books are kept from what is on the topics, not from what the stages
 * say of themselves.
 */
final class TopicObserver implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Topics topics;
  private final InstantSource clock;
  private final Tally tally;
  private final AvroSerde<SpecificRecord> frames =
      AvroSerde.of(FaceFrame.class, CameraHeartbeat.class);
  private final AvroSerde<EmotionEvent> events = AvroSerde.of(EmotionEvent.class);
  private final AvroSerde<DeadLetter> deadLetters = AvroSerde.of(DeadLetter.class);
  private final AvroSerde<EmotionDistribution> distributions =
      AvroSerde.of(EmotionDistribution.class);
  private final Thread thread = new Thread(this::run, "topic-observer");
  private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
  private volatile @Nullable Throwable failure;

  TopicObserver(
      Map<String, Object> kafkaSettings, Topics topics, InstantSource clock, Tally tally) {
    Map<String, Object> settings = new HashMap<>(kafkaSettings);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
    this.topics = topics;
    this.clock = clock;
    this.tally = tally;
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    try {
      goToEnd();
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  private void goToEnd() {
    List<TopicPartition> partitions =
        topics.all().stream()
            .map(Topic::name)
            .flatMap(name -> consumer.partitionsFor(name).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    notePositions(); // seekToEnd is lazy: this makes it now
  }

  void start() {
    thread.start();
  }

  /**
   * Whether everything that is on the topics now was read. An open transaction lies before the end
   * and behind what can be read, so it makes this false.
   */
  boolean isAtEnd(Admin admin) throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    positions.keySet().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(latest).all().get();
    return ends.entrySet().stream()
        .allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue().offset());
  }

  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
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

  private void run() {
    try (consumer) {
      while (true) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          observe(record);
        }
        notePositions();
      }
    } catch (WakeupException e) {
      // close() was called
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  private void notePositions() {
    consumer
        .assignment()
        .forEach(partition -> positions.put(partition, consumer.position(partition)));
  }

  private void observe(ConsumerRecord<byte[], byte[]> record) {
    String topic = record.topic();
    if (topic.equals(topics.faceFrames().name())) {
      if (isFrame(record.value())) {
        tally.frame();
      }
    } else if (topic.equals(topics.emotionEvents().name())) {
      tally.event(events.decode(record.value()), clock.instant());
    } else if (topic.equals(topics.lateEvents().name())) {
      tally.lateEvent(events.decode(record.value()));
    } else if (topic.equals(topics.distributions().name())) {
      tally.distribution(distributions.decode(record.value()));
    } else if (topic.equals(topics.deadLetters().name())) {
      DeadLetter letter = deadLetters.decode(record.value());
      if (isFrame(original(letter))) {
        tally.deadLetter(letter.getSourcePartition(), letter.getSourceOffset());
      }
    }
  }

  private static byte @Nullable [] original(DeadLetter letter) {
    ByteBuffer original = letter.getOriginal();
    if (original == null) {
      return null;
    }
    byte[] bytes = new byte[original.remaining()];
    original.duplicate().get(bytes);
    return bytes;
  }

  /**
   * Whatever is no heartbeat counts as a frame: it has to come out as an event or a dead letter.
   */
  private boolean isFrame(byte @Nullable [] value) {
    try {
      return value == null || !(frames.decode(value) instanceof CameraHeartbeat);
    } catch (SerializationException e) {
      return true;
    }
  }
}
