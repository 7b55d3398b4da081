// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.MeasurableStat;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.Sensor.RecordingLevel;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/** Registers one task's metrics and takes them away with it. */
final class TaskSensors implements AutoCloseable {
  private static final String SCOPE = "classifier"; // gives ClassifierMetrics.GROUP

  private final ProcessingContext context;
  private final List<Sensor> sensors = new ArrayList<>();

  TaskSensors(ProcessingContext context) {
    this.context = context;
  }

  /** Returns a sensor behind {@code outcome-total} and {@code outcome-rate}. */
  Sensor count(String outcome) {
    return kept(context.metrics().addRateTotalSensor(SCOPE, task(), outcome, RecordingLevel.INFO));
  }

  /** Returns a sensor of values; each of {@code stats}, by name, becomes a metric. */
  Sensor values(String name, String description, Map<String, MeasurableStat> stats) {
    String thread = Thread.currentThread().getName();
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("thread-id", thread);
    tags.put(SCOPE + "-id", task());
    Sensor sensor =
        context
            .metrics()
            .addSensor(thread + "." + task() + "." + SCOPE + "." + name, RecordingLevel.INFO);
    stats.forEach(
        (metric, stat) ->
            sensor.add(new MetricName(metric, ClassifierMetrics.GROUP, description, tags), stat));
    return kept(sensor);
  }

  private String task() {
    return context.taskId().toString();
  }

  private Sensor kept(Sensor sensor) {
    sensors.add(sensor);
    return sensor;
  }

  @Override
  public void close() {
    sensors.forEach(context.metrics()::removeSensor);
    sensors.clear();
  }
}
