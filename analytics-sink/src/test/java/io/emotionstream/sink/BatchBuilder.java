// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/** A batch of one partition whose records have the offsets in the order of the calls. */
final class BatchBuilder {
  static final PartitionKey PARTITION = partition(3);

  private final List<Row<EmotionEvent>> events = new ArrayList<>();
  private final List<Row<EmotionEvent>> lateEvents = new ArrayList<>();
  private final List<Row<EmotionDistribution>> distributions = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();
  private final PartitionKey partition;
  private final OptionalLong expected;
  private long offset;

  private BatchBuilder(PartitionKey partition, OptionalLong expected) {
    this.partition = partition;
    this.expected = expected;
    this.offset = expected.orElse(0);
  }

  /** The first batch of the partition. */
  static BatchBuilder first() {
    return new BatchBuilder(PARTITION, OptionalLong.empty());
  }

  /** The first batch of another partition. */
  static BatchBuilder first(int partition) {
    return new BatchBuilder(partition(partition), OptionalLong.empty());
  }

  /** A batch that continues at a stored offset. */
  static BatchBuilder after(long stored) {
    return new BatchBuilder(PARTITION, OptionalLong.of(stored));
  }

  /** A batch of another partition that continues at a stored offset. */
  static BatchBuilder after(int partition, long stored) {
    return new BatchBuilder(partition(partition), OptionalLong.of(stored));
  }

  BatchBuilder event(EmotionEvent event) {
    events.add(new Row<>(source(), event));
    return this;
  }

  BatchBuilder lateEvent(EmotionEvent event) {
    lateEvents.add(new Row<>(source(), event));
    return this;
  }

  BatchBuilder distribution(EmotionDistribution distribution) {
    distributions.add(new Row<>(source(), distribution));
    return this;
  }

  BatchBuilder rejected(String error) {
    rejections.add(new Rejection(source(), error));
    return this;
  }

  Batch build() {
    return new Batch(
        events,
        lateEvents,
        distributions,
        rejections,
        List.of(new Advance(partition, expected, offset)));
  }

  private Source source() {
    return new Source(partition, offset++, new byte[] {1}, new byte[] {2, 3});
  }

  private static PartitionKey partition(int number) {
    return new PartitionKey(
        UUID.fromString("5eed0000-0000-0000-0000-000000000001"), "topic", number);
  }
}
