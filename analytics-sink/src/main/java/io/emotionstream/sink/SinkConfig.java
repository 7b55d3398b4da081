// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import io.emotionstream.operations.DatabaseLogin;
import java.time.Duration;

/**
 * Where the sink writes, how much at once and for how long it keeps.
 *
 * @param login the database
 * @param eventRetention how long rows about single faces (events, late events, rejected records)
 *     are kept, in [1 day, 36,500 days]. A UTC day of events goes when it is older than this
 *     <em>and</em> nothing was written into it for as long, so that a replay of old footage is kept
 *     like new footage. Distributions are kept for ever
 * @param maxBatch most records in a transaction, in [1, 100,000]
 */
public record SinkConfig(DatabaseLogin login, Duration eventRetention, int maxBatch) {
  public static final Duration DEFAULT_EVENT_RETENTION = Duration.ofDays(30);
  public static final int DEFAULT_MAX_BATCH = 2000;

  private static final Duration LONGEST_RETENTION = Duration.ofDays(36_500);
  private static final int LARGEST_BATCH = 100_000;

  public SinkConfig {
    require(
        eventRetention.compareTo(Duration.ofDays(1)) >= 0
            && eventRetention.compareTo(LONGEST_RETENTION) <= 0,
        "eventRetention must be between 1 and %d days, because events are dropped by day, was %s"
            .formatted(LONGEST_RETENTION.toDays(), eventRetention));
    require(
        maxBatch >= 1 && maxBatch <= LARGEST_BATCH,
        "maxBatch must be between 1 and %d records, was %d".formatted(LARGEST_BATCH, maxBatch));
  }

  /** The default retention and batch size. */
  public static SinkConfig of(String jdbcUrl, String user, String password) {
    return of(new DatabaseLogin(jdbcUrl, user, password));
  }

  /** The default retention and batch size. */
  public static SinkConfig of(DatabaseLogin login) {
    return new SinkConfig(login, DEFAULT_EVENT_RETENTION, DEFAULT_MAX_BATCH);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
