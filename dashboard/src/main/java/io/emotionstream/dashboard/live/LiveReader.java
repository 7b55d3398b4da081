// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.live;

import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.DeadLetter;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.RecordFormat;
import io.emotionstream.schemas.Topic;
import io.emotionstream.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads committed records of the emotion topics into a {@link LiveState}, on a thread of its own
 * and without a consumer group: every process reads all partitions, also those that are added while
 * it runs.
 *
 * <p>It begins some time before the end of the topics. When the cluster is away it waits and goes
 * on where it stopped; {@link #status} says so. Of a dead letter only the reason is kept; it may do
 * without the right to read them, for they hold pictures of people.
 */
final class LiveReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveReader.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final Map<String, Object> settings;
  private final List<Topic> topics;
  private final Topics names;
  private final LiveState state;
  private final Instant start;
  private final InstantSource clock;
  private final AvroSerde<EmotionEvent> events;
  private final AvroSerde<EmotionDistribution> distributions;
  private final AvroSerde<DeadLetter> deadLetters;
  private final Thread thread = new Thread(this::run, "dashboard-reader");

  /** Where to go on; what is not in it begins at the start time. Used by the thread only. */
  private final Map<TopicPartition, Long> positions = new HashMap<>();

  /** Where each partition ended when it was first seen: what lies before is not live. */
  private final Map<TopicPartition, Long> firstEnds = new HashMap<>();

  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean hasRead;
  private boolean deadLettersRefused;
  private volatile KafkaStatus status = KafkaStatus.away("not connected yet");
  private volatile @Nullable Throwable failure;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> current;

  /** {@code start}: records from this time on are read. */
  LiveReader(
      Map<String, Object> kafkaSettings,
      Topics topics,
      LiveState state,
      Instant start,
      InstantSource clock) {
    this.settings = settings(kafkaSettings);
    RecordFormat format = RecordFormat.of(kafkaSettings);
    this.events = format.serde(EmotionEvent.class);
    this.distributions = format.serde(EmotionDistribution.class);
    this.deadLetters = format.serde(DeadLetter.class);
    this.names = topics;
    this.topics = List.of(topics.emotionEvents(), topics.lateEvents(), topics.distributions());
    this.state = state;
    this.start = start;
    this.clock = clock;
  }

  void start() {
    thread.start();
  }

  KafkaStatus status() {
    return status;
  }

  /** Returns why the reading has stopped for good, if it has. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public void close() {
    closed.countDown();
    KafkaConsumer<byte[], byte[]> consumer = current;
    if (consumer != null) {
      consumer.wakeup(); // an interrupt would make the consumer fail to close in order
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, Object> settings(Map<String, Object> given) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "emotion-dashboard");
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_TIMEOUT.toMillis());
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) POLL.toMillis());
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
    settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 30_000); // added partitions show by then
    settings.putAll(given);
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"); // what retention has left
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    return settings;
  }

  private void run() {
    while (!isClosed()) {
      try (KafkaConsumer<byte[], byte[]> consumer =
          new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
        current = consumer;
        read(consumer);
      } catch (ConfigException e) { // wrong settings do not become right
        failure = e;
        closed.countDown();
      } catch (KafkaException | IllegalStateException e) {
        pauseAfter(e);
      } catch (RuntimeException | Error e) { // a fault of ours: say so rather than show old figures
        failure = e;
        closed.countDown();
      } finally {
        current = null;
      }
    }
  }

  private void pauseAfter(RuntimeException e) {
    if (isClosed()) {
      return;
    }
    String reason = reason(e);
    if (status.isConnected() || !status.message().equals(reason)) {
      LOG.warn("cannot read the emotion topics, trying again until it works: {}", reason);
    }
    status = KafkaStatus.away(reason);
    try {
      closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      closed.countDown();
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void read(KafkaConsumer<byte[], byte[]> consumer) {
    Instant nextCheck = Instant.MIN;
    while (!isClosed()) {
      if (!clock.instant().isBefore(nextCheck)) {
        assign(consumer);
        check(consumer);
        nextCheck = clock.instant().plus(CHECK_INTERVAL);
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        take(record);
      }
      for (TopicPartition partition : consumer.assignment()) {
        positions.put(partition, consumer.position(partition));
      }
    }
  }

  /** Takes every partition that there is; new ones from their beginning. */
  private void assign(KafkaConsumer<byte[], byte[]> consumer) {
    Set<TopicPartition> all = new HashSet<>();
    for (Topic topic : topics) {
      all.addAll(partitions(consumer, topic));
    }
    if (!deadLettersRefused) {
      try {
        all.addAll(partitions(consumer, names.deadLetters()));
      } catch (TopicAuthorizationException e) {
        LOG.info("dead letters are not counted, for the right to read them is not given");
        deadLettersRefused = true;
        state.deadLettersAreUnknown();
      }
    }
    if (all.equals(consumer.assignment())) {
      return;
    }
    consumer.assign(all);
    Set<TopicPartition> unread = new HashSet<>(all);
    unread.removeAll(positions.keySet());
    locate(consumer, unread);
    all.forEach(partition -> consumer.seek(partition, positions.getOrDefault(partition, 0L)));
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, Topic topic) {
    List<PartitionInfo> partitions = consumer.partitionsFor(topic.name());
    if (partitions.isEmpty()) {
      throw new UnknownTopicOrPartitionException(
          "there is no topic %s: './emotion topics create' makes it".formatted(topic.name()));
    }
    return partitions.stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  private void locate(KafkaConsumer<byte[], byte[]> consumer, Set<TopicPartition> unread) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(unread);
    if (!positions.isEmpty()) { // the others are being read: these came later
      consumer.beginningOffsets(unread).forEach(positions::put);
      return;
    }
    Map<TopicPartition, Long> times = new HashMap<>();
    unread.forEach(partition -> times.put(partition, start.toEpochMilli()));
    Map<TopicPartition, OffsetAndTimestamp> offsets = consumer.offsetsForTimes(times);
    for (TopicPartition partition : unread) {
      long end = ends.getOrDefault(partition, 0L);
      OffsetAndTimestamp first = offsets.get(partition); // null: all are older
      positions.put(partition, first == null ? end : Math.min(first.offset(), end));
      firstEnds.put(partition, end);
    }
  }

  /** Asks the brokers where the topics end: whether they answer, and how far behind we are. */
  private void check(KafkaConsumer<byte[], byte[]> consumer) {
    long lag = 0;
    for (Map.Entry<TopicPartition, Long> end :
        consumer.endOffsets(consumer.assignment()).entrySet()) {
      lag += Math.max(0, end.getValue() - positions.getOrDefault(end.getKey(), 0L));
    }
    hasRead =
        hasRead
            || firstEnds.entrySet().stream()
                .allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
    if (!status.isConnected()) {
      LOG.info("reading {} partitions of the emotion topics", consumer.assignment().size());
    }
    status = new KafkaStatus(true, hasRead, lag, "");
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    String topic = record.topic();
    TopicPartition partition = new TopicPartition(topic, record.partition());
    boolean isLive = record.offset() >= firstEnds.getOrDefault(partition, 0L);
    try {
      if (record.value() == null) {
        throw new SerializationException("a tombstone");
      } else if (topic.equals(names.emotionEvents().name())) {
        state.event(events.decode(record.value()), isLive);
      } else if (topic.equals(names.lateEvents().name())) {
        state.lateEvent(events.decode(record.value()));
      } else if (topic.equals(names.distributions().name())) {
        state.window(distributions.decode(record.value()), isLive);
      } else {
        state.deadLetter(deadLetters.decode(record.value()).getReason());
      }
    } catch (RuntimeException e) { // whatever a record holds, such as a time that is none
      LOG.debug("{} at {} is left out: {}", partition, record.offset(), e.getMessage());
      state.unreadable();
    }
  }

  private static String reason(Throwable e) {
    String message = e.getMessage();
    String cause = e.getCause() == null ? "" : ": " + e.getCause().getMessage();
    return (message == null ? e.getClass().getSimpleName() : message) + cause;
  }
}
