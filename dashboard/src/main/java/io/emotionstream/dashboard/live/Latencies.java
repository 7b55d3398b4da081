// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.live;

import java.time.Duration;

/**
 * A histogram's buckets for latencies from 1 ms to an hour, each a quarter wider than the one
 * before: a percentile is right to within 12 %. What lies outside counts in the outermost, which
 * only a recording's faces reach: live frames are kept for minutes.
 */
final class Latencies {
  static final int BUCKETS = 68;

  private static final double GROWTH = 1.25;
  private static final double LOG_GROWTH = Math.log(GROWTH);

  private Latencies() {}

  /** Returns the bucket of {@code latency}; clocks that disagree may make it negative. */
  static int bucketOf(Duration latency) {
    double millis = latency.getSeconds() * 1e3 + latency.getNano() / 1e6; // never overflows
    return millis <= 1 ? 0 : (int) Math.min(BUCKETS - 1, Math.log(millis) / LOG_GROWTH);
  }

  /** Returns the percentile in milliseconds, or NaN if {@code counts} are all 0. */
  static double percentile(int[] counts, double quantile) {
    long total = 0;
    for (int count : counts) {
      total += count;
    }
    long rank = Math.max(1, (long) Math.ceil(quantile * total));
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (total > 0 && seen >= rank) {
        return Math.round(10 * Math.pow(GROWTH, i + 0.5)) / 10.0;
      }
    }
    return Double.NaN;
  }
}
