// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.operations;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.List;

/**
 * Leaves out those of Kafka's own meters that come once for each partition, broker, node or store:
 * with dozens of partitions they are thousands, and nobody looks at them. The lag of each partition
 * stays.
 */
final class KafkaMeterFilter implements MeterFilter {
  private static final String KAFKA = "kafka.";
  private static final String LAG = "kafka.consumer.fetch.manager.records.lag";
  private static final List<String> LEFT_OUT =
      List.of(
          "kafka.stream.classifier.", // shown as emotion_classifier_...
          "kafka.stream.processor.node.",
          "kafka.stream.record.cache.",
          "kafka.stream.state.",
          "kafka.stream.topic.");
  private static final List<String> TOO_FINE = List.of("partition", "node.id");

  @Override
  public MeterFilterReply accept(Meter.Id id) {
    String name = id.getName();
    if (!name.startsWith(KAFKA) || name.equals(LAG)) {
      return MeterFilterReply.NEUTRAL;
    }
    boolean leftOut =
        LEFT_OUT.stream().anyMatch(name::startsWith)
            || TOO_FINE.stream().anyMatch(tag -> id.getTag(tag) != null);
    return leftOut ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
  }
}
