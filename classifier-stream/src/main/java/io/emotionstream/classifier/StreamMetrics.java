// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.operations.MetricFamilies;
import io.emotionstream.operations.MetricSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Shows {@link ClassifierMetrics} to Prometheus, each with the label {@code task}: a task that
 * moves to another instance takes its counts along, so a sum over tasks never runs backwards within
 * one series. And which model is used, and whether one was refused.
 */
final class StreamMetrics implements MetricSource {
  private static final String PREFIX = "emotion_classifier_";
  private static final String TOTAL = "-total";
  private static final String TASK_TAG = "classifier-id";

  private final Supplier<Map<MetricName, ? extends Metric>> kafka;
  private final Supplier<String> modelId;
  private final ModelWatch models;

  StreamMetrics(
      Supplier<Map<MetricName, ? extends Metric>> kafka,
      Supplier<String> modelId,
      ModelWatch models) {
    this.kafka = kafka;
    this.modelId = modelId;
    this.models = models;
  }

  /** A number of one task; {@code name} is one of {@link ClassifierMetrics}. */
  private record Sample(String name, String task) implements Comparable<Sample> {
    @Override
    public int compareTo(Sample other) {
      int byName = name.compareTo(other.name);
      return byName != 0 ? byName : task.compareTo(other.task);
    }
  }

  @Override
  public void addTo(MetricFamilies families) {
    samples()
        .forEach(
            (sample, value) -> {
              if (sample.name.endsWith(TOTAL)) {
                String outcome = sample.name.substring(0, sample.name.length() - TOTAL.length());
                addCount(families, outcome, value, sample.task);
              } else {
                addGauge(families, sample.name, value, sample.task);
              }
            });
    addModel(families);
  }

  private static void addCount(MetricFamilies families, String outcome, double value, String task) {
    String reasons = ClassifierMetrics.DEAD_LETTERED + "-";
    if (outcome.startsWith(reasons)) {
      families.counter(
          PREFIX + "dead_letters_total",
          "Records with a dead letter, by reason.",
          value,
          "reason",
          outcome.substring(reasons.length()),
          "task",
          task);
    } else {
      families.counter(metric(outcome) + "_total", help(outcome), value, "task", task);
    }
  }

  private static void addGauge(MetricFamilies families, String name, double value, String task) {
    boolean known =
        name.equals(ClassifierMetrics.WAITING)
            || name.equals(ClassifierMetrics.BATCH_SIZE_AVG)
            || name.equals(ClassifierMetrics.BATCH_SIZE_MAX);
    if (known) { // not the rates, which Prometheus works out itself
      families.gauge(metric(name), help(name), value, "task", task);
    }
  }

  private void addModel(MetricFamilies families) {
    String model = modelId.get();
    if (!model.isEmpty()) {
      families.gauge(PREFIX + "model_info", "Always 1; the model in use.", 1, "model", model);
    }
    families.counter(
        PREFIX + "models_taken_total",
        "Models that were chosen on the control topic and taken.",
        models.taken());
    families.counter(
        PREFIX + "models_refused_total",
        "Models that were chosen on the control topic and refused.",
        models.refused());
    families.gauge(
        PREFIX + "model_refused",
        "1 while the model that was chosen last is refused, and the one before stays.",
        models.refusal().isPresent() ? 1 : 0);
  }

  /** Where two threads still know a task, what they counted is added up. */
  private Map<Sample, Double> samples() {
    Map<Sample, Double> samples = new TreeMap<>();
    BiConsumer<MetricName, Double> add =
        (name, value) ->
            samples.merge(
                new Sample(name.name(), name.tags().getOrDefault(TASK_TAG, "")),
                value,
                Double::sum);
    kafka
        .get()
        .forEach(
            (name, metric) -> {
              if (name.group().equals(ClassifierMetrics.GROUP)
                  && metric.metricValue() instanceof Double value
                  && Double.isFinite(value)) {
                add.accept(name, value);
              }
            });
    return samples;
  }

  private static String metric(String name) {
    return PREFIX + name.replace('-', '_');
  }

  private static String help(String name) {
    return switch (name) {
      case ClassifierMetrics.RECEIVED -> "Records of face-frames taken in.";
      case ClassifierMetrics.HEARTBEATS -> "Heartbeats applied to their camera's clock.";
      case ClassifierMetrics.CLASSIFIED -> "Faces with an emotion event.";
      case ClassifierMetrics.DEAD_LETTERED -> "Records with a dead letter.";
      case ClassifierMetrics.BATCHES -> "Calls of the network.";
      case ClassifierMetrics.BATCH_FALLBACKS ->
          "Calls of the network that failed and were made again face by face.";
      case ClassifierMetrics.BATCH_SIZE_AVG -> "Mean faces a call, over the last minute or so.";
      case ClassifierMetrics.BATCH_SIZE_MAX -> "Most faces in a call, over the last minute or so.";
      case ClassifierMetrics.WAITING -> "Records that wait for their batch.";
      case ClassifierMetrics.WINDOWED -> "Faces counted in a window, once for each window.";
      case ClassifierMetrics.LATE -> "Faces whose window was final already, once for each window.";
      case ClassifierMetrics.WINDOWS_CLOSED -> "Windows written.";
      case ClassifierMetrics.WINDOWS_IDLE -> "Windows written because their camera was idle.";
      default -> name;
    };
  }
}
