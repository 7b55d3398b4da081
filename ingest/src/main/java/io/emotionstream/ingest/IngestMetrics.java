// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest;

import io.emotionstream.ingest.source.SkipReason;
import io.emotionstream.operations.MetricFamilies;
import io.emotionstream.operations.MetricSource;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What an ingest has published, as metrics. Once nothing is under way, {@code published} = {@code
 * acknowledged} + {@code lost}.
 */
final class IngestMetrics implements MetricSource {
  private final Supplier<IngestCounts> counts;
  private final LongSupplier waitingBytes;

  /**
   * @param waitingBytes bytes that wait for the broker, the producer's own buffer apart
   */
  IngestMetrics(Supplier<IngestCounts> counts, LongSupplier waitingBytes) {
    this.counts = counts;
    this.waitingBytes = waitingBytes;
  }

  @Override
  public void addTo(MetricFamilies families) {
    IngestCounts now = counts.get();
    families.gauge(
        "emotion_ingest_waiting_bytes",
        "Bytes that wait for the broker.",
        waitingBytes.getAsLong());
    families.counter(
        "emotion_ingest_published_total", "Frames handed to the producer.", now.published());
    families.counter(
        "emotion_ingest_acknowledged_total",
        "Frames that the broker has stored.",
        now.acknowledged());
    families.counter(
        "emotion_ingest_lost_total",
        "Frames of live cameras that the broker did not take in time.",
        now.lost());
    families.counter(
        "emotion_ingest_failed_total",
        "Frames and heartbeats that could not be stored.",
        now.failed());
    families.counter(
        "emotion_ingest_heartbeats_total",
        "Heartbeats that the broker has stored.",
        now.heartbeats());
    for (SkipReason reason : SkipReason.values()) {
      families.counter(
          "emotion_ingest_skipped_total",
          "Rows and files that were left out.",
          now.skipped().getOrDefault(reason, 0L),
          "reason",
          reason.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
  }
}
