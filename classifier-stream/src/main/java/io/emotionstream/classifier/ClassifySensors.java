// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static java.util.Objects.requireNonNull;

import io.emotionstream.schemas.DeadLetterReason;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.Avg;
import org.apache.kafka.common.metrics.stats.Max;
import org.apache.kafka.common.metrics.stats.Value;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/** What the processor {@code classify} counts; {@link ClassifierMetrics} says how it adds up. */
final class ClassifySensors implements AutoCloseable {
  private final TaskSensors sensors;
  private final Sensor received;
  private final Sensor heartbeats;
  private final Sensor classified;
  private final Sensor deadLettered;
  private final Map<DeadLetterReason, Sensor> byReason = new EnumMap<>(DeadLetterReason.class);
  private final Sensor batches;
  private final Sensor fallbacks;
  private final Sensor batchSize;
  private final Sensor waiting;

  ClassifySensors(ProcessingContext context) {
    sensors = new TaskSensors(context);
    received = sensors.count(ClassifierMetrics.RECEIVED);
    heartbeats = sensors.count(ClassifierMetrics.HEARTBEATS);
    classified = sensors.count(ClassifierMetrics.CLASSIFIED);
    deadLettered = sensors.count(ClassifierMetrics.DEAD_LETTERED);
    for (DeadLetterReason reason : DeadLetterReason.values()) {
      byReason.put(reason, sensors.count(ClassifierMetrics.deadLettered(reason)));
    }
    batches = sensors.count(ClassifierMetrics.BATCHES);
    fallbacks = sensors.count(ClassifierMetrics.BATCH_FALLBACKS);
    batchSize =
        sensors.values(
            "batch-size",
            "Faces in a call of the network",
            Map.of(
                ClassifierMetrics.BATCH_SIZE_AVG, new Avg(),
                ClassifierMetrics.BATCH_SIZE_MAX, new Max()));
    waiting =
        sensors.values(
            ClassifierMetrics.WAITING,
            "Records that wait for their batch",
            Map.of(ClassifierMetrics.WAITING, new Value()));
  }

  void received() {
    received.record();
  }

  void heartbeat() {
    heartbeats.record();
  }

  void classified() {
    classified.record();
  }

  void deadLettered(DeadLetterReason reason) {
    deadLettered.record();
    requireNonNull(byReason.get(reason)).record();
  }

  void batch(int size) {
    batches.record();
    batchSize.record(size);
  }

  void fallback() {
    fallbacks.record();
  }

  void waiting(int records) {
    waiting.record(records);
  }

  @Override
  public void close() {
    sensors.close();
  }
}
