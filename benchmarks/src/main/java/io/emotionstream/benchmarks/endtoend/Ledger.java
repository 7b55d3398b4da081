// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * What was written between two moments, read from the topics as any consumer would: committed
 * records only.
 */
final class Ledger implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final AvroSerde<EmotionEvent> events = AvroSerde.of(EmotionEvent.class);
  private final AvroSerde<EmotionDistribution> distributions =
      AvroSerde.of(EmotionDistribution.class);
  private final Topics topics;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Set<String> frames = new HashSet<>();
  private long eventCount;
  private long windows;
  private long facesInWindows;

  /**
   * What came out.
   *
   * @param events on emotion-events
   * @param frames different frames that they answer
   * @param windows on emotion-distributions
   * @param facesInWindows sum of their totals
   */
  record Entries(long events, long frames, long windows, long facesInWindows) {

    /** Whether each of {@code faces} was answered once and counted in one window of each size. */
    boolean balance(long faces) {
      return events == faces && frames == faces && windows > 0 && facesInWindows == faces;
    }
  }

  private Ledger(String bootstrapServers, Topics topics) {
    this.topics = topics;
    this.consumer =
        CommittedRecords.readFromEnd(
            bootstrapServers, topics.emotionEvents(), topics.distributions(), topics.lateEvents());
  }

  /** Opens a ledger that begins now: what is on the topics already is not counted. */
  static Ledger open(String bootstrapServers, Topics topics) {
    return new Ledger(bootstrapServers, topics);
  }

  /** Reads until the books balance for {@code faces}, but no longer than half a minute. */
  void awaitBalance(long faces) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!entries().balance(faces) && System.nanoTime() < deadline) {
      poll();
    }
  }

  /** Reads to the end of the topics, now that whoever wrote has stopped. */
  Entries readToEnd() throws IOException {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      if (System.nanoTime() > deadline) {
        throw new IOException("the topics could not be read to their end within " + PATIENCE);
      }
      poll();
    }
    return entries();
  }

  private void poll() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      if (record.topic().equals(topics.emotionEvents().name())) {
        eventCount++;
        frames.add(events.decode(record.value()).getFrameId());
      } else if (record.topic().equals(topics.distributions().name())) {
        windows++;
        facesInWindows += distributions.decode(record.value()).getTotal();
      }
    }
  }

  private Entries entries() {
    return new Entries(eventCount, frames.size(), windows, facesInWindows);
  }

  /** Returns the bytes on disk of each topic. */
  static Map<String, Long> bytes(Admin admin) throws IOException, InterruptedException {
    try {
      Map<String, Long> bytes = new HashMap<>();
      for (Map<String, LogDirDescription> directories :
          admin.describeLogDirs(List.of(1)).allDescriptions().get().values()) {
        for (LogDirDescription directory : directories.values()) {
          directory
              .replicaInfos()
              .forEach(
                  (partition, replica) ->
                      bytes.merge(partition.topic(), replica.size(), Long::sum));
        }
      }
      return bytes;
    } catch (ExecutionException e) {
      throw new IOException("the broker does not tell the size of its topics: " + e.getCause(), e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
