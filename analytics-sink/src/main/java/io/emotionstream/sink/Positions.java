// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a consumer where the database says that it is: partitions are paused from their assignment
 * until their stored offset was read. The group's committed offsets are never read.
 */
final class Positions implements ConsumerRebalanceListener {
  private static final Logger log = LoggerFactory.getLogger(Positions.class);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Consumer<?, ?> consumer;
  private final TopicIds topicIds;
  private final Map<TopicPartition, StoredPosition> stored = new HashMap<>();
  private boolean unknown;

  Positions(Consumer<?, ?> consumer, TopicIds topicIds) {
    this.consumer = consumer;
    this.topicIds = topicIds;
  }

  /** Whether {@link #restore} is needed before records can flow. */
  boolean areUnknown() {
    return unknown;
  }

  Map<TopicPartition, StoredPosition> stored() {
    return stored;
  }

  /** Notes that {@code advances} are committed in the database. */
  void moved(List<Advance> advances) {
    Map<PartitionKey, Long> next =
        advances.stream().collect(Collectors.toMap(Advance::partition, Advance::next));
    stored.replaceAll(
        (partition, at) -> {
          Long moved = next.get(at.partition());
          return moved == null ? at : new StoredPosition(at.partition(), OptionalLong.of(moved));
        });
  }

  /**
   * Forgets what was polled but not stored: goes back to the last known positions and pauses there.
   * The consumer can then be polled, which keeps it in its group, and reports honest lag.
   */
  void rewind() {
    for (TopicPartition partition : consumer.assignment()) {
      StoredPosition position = stored.get(partition);
      if (position != null) {
        seek(partition, position);
      }
    }
    consumer.pause(consumer.assignment());
    unknown = true;
  }

  /** Reads the stored offsets of all assigned partitions, goes there, and lets records flow. */
  void restore(Store store) throws SQLException {
    Set<TopicPartition> assigned = consumer.assignment();
    stored.clear();
    if (!assigned.isEmpty()) {
      read(store, assigned);
      reportGaps();
      stored.forEach(this::seek);
      consumer.resume(assigned);
    }
    unknown = false;
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    consumer.pause(partitions);
    unknown = true;
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    partitions.forEach(stored::remove);
  }

  private void read(Store store, Set<TopicPartition> assigned) throws SQLException {
    Map<String, UUID> ids =
        topicIds.of(assigned.stream().map(TopicPartition::topic).distinct().toList());
    Map<TopicPartition, PartitionKey> keys =
        assigned.stream().collect(Collectors.toMap(tp -> tp, tp -> key(ids, tp)));
    Map<PartitionKey, Long> offsets = store.offsets(keys.values());
    keys.forEach((tp, key) -> stored.put(tp, new StoredPosition(key, optional(offsets.get(key)))));
  }

  private void seek(TopicPartition partition, StoredPosition position) {
    if (position.next().isPresent()) {
      consumer.seek(partition, position.next().getAsLong());
    } else {
      consumer.seekToBeginning(List.of(partition));
    }
  }

  private void reportGaps() {
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(stored.keySet(), LIMIT);
    beginnings.forEach(
        (partition, beginning) -> {
          long next = requireNonNull(stored.get(partition)).next().orElse(beginning);
          if (next < beginning) {
            log.warn(
                "offsets {} to {} of {} were deleted by the broker before they were stored;"
                    + " lengthen the topic's retention.ms",
                next,
                beginning - 1,
                partition);
          }
        });
  }

  private static PartitionKey key(Map<String, UUID> ids, TopicPartition partition) {
    return new PartitionKey(
        requireNonNull(ids.get(partition.topic())), partition.topic(), partition.partition());
  }

  private static OptionalLong optional(@Nullable Long value) {
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
