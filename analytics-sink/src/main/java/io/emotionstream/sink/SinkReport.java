// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import io.emotionstream.operations.MetricFamilies;
import io.emotionstream.operations.MetricSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Shows {@link SinkMetrics} to Prometheus: the records whose offsets were moved past are the sum of
 * {@code rows} over tables and {@code rejected}.
 */
final class SinkReport implements MetricSource {
  private static final double MILLIS = 1e3;

  private final Supplier<SinkMetrics> metrics;
  private final Supplier<Optional<Instant>> lastCommit;
  private final InstantSource clock;

  SinkReport(
      Supplier<SinkMetrics> metrics, Supplier<Optional<Instant>> lastCommit, InstantSource clock) {
    this.metrics = metrics;
    this.lastCommit = lastCommit;
    this.clock = clock;
  }

  @Override
  public void addTo(MetricFamilies families) {
    SinkMetrics now = metrics.get();
    rows(families, "emotion_events", now.eventsWritten());
    rows(families, "emotion_late_events", now.lateEventsWritten());
    rows(families, "emotion_distributions", now.distributionsWritten());
    families.counter(
        "emotion_sink_rejected_total", "Records that could not become a row.", now.rejected());
    families.counter("emotion_sink_transactions_total", "Committed batches.", now.transactions());
    families.counter(
        "emotion_sink_retries_total",
        "Attempts to connect or to write that failed and were or will be made again.",
        now.retries());
    lastCommit
        .get()
        .ifPresent(
            at ->
                families.gauge(
                    "emotion_sink_last_commit_age_seconds",
                    "Time since a batch was committed; grows also while there is nothing to write.",
                    Duration.between(at, clock.instant()).toMillis() / MILLIS));
  }

  private static void rows(MetricFamilies families, String table, long count) {
    families.counter(
        "emotion_sink_rows_total", "Records that became a row.", count, "table", table);
  }
}
