// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.operations;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The samples of one reading of the metrics. Samples of one name are one family, whoever adds them.
 * Used by one thread.
 */
public final class MetricFamilies {
  private static final String TOTAL = "_total";

  private final Map<String, CounterSnapshot.Builder> counters = new LinkedHashMap<>();
  private final Map<String, GaugeSnapshot.Builder> gauges = new LinkedHashMap<>();

  MetricFamilies() {}

  /**
   * Adds a sample of something that only grows.
   *
   * @param name ends with {@code _total}
   * @param labels names and values in turn; no two samples of a name have the same ones
   */
  public void counter(String name, String help, double value, String... labels) {
    if (!name.endsWith(TOTAL)) {
      throw new IllegalArgumentException("counter " + name + " must end with " + TOTAL);
    }
    counters
        .computeIfAbsent(
            name,
            first ->
                CounterSnapshot.builder()
                    .name(name.substring(0, name.length() - TOTAL.length()))
                    .help(help))
        .dataPoint(
            CounterDataPointSnapshot.builder().value(value).labels(Labels.of(labels)).build());
  }

  /**
   * Adds a sample of something that goes up and down.
   *
   * @param labels names and values in turn; no two samples of a name have the same ones
   */
  public void gauge(String name, String help, double value, String... labels) {
    gauges
        .computeIfAbsent(name, first -> GaugeSnapshot.builder().name(name).help(help))
        .dataPoint(GaugeDataPointSnapshot.builder().value(value).labels(Labels.of(labels)).build());
  }

  MetricSnapshots snapshots() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    counters.values().forEach(family -> all.metricSnapshot(family.build()));
    gauges.values().forEach(family -> all.metricSnapshot(family.build()));
    return all.build();
  }
}
