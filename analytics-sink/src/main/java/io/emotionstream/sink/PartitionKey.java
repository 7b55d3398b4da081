// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import java.util.Comparator;
import java.util.UUID;

/**
 * One topic partition, as {@code sink_offsets} knows it.
 *
 * @param topicId Kafka's id of the topic: another one when the topic is deleted and made again, or
 *     lives on another cluster
 * @param topic its name, for people
 * @param partition number within the topic
 */
record PartitionKey(UUID topicId, String topic, int partition) implements Comparable<PartitionKey> {
  private static final Comparator<PartitionKey> ORDER =
      Comparator.comparing(PartitionKey::topicId).thenComparing(PartitionKey::partition);

  @Override
  public int compareTo(PartitionKey other) {
    return ORDER.compare(this, other);
  }
}
