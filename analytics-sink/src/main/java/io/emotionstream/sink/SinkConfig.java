// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import java.time.Duration;
import org.postgresql.Driver;

/**
 * Where the sink writes, how much at once and for how long it keeps.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host[:port]/database[?options]}; PostgreSQL 14 or newer
 * @param user role to connect as; empty for the URL's, else the operating system's user
 * @param password its password; empty for the URL's, else none
 * @param eventRetention how long rows about single faces (events, late events, rejected records)
 *     are kept, in [1 day, 36,500 days]. A UTC day of events goes when it is older than this
 *     <em>and</em> nothing was written into it for as long, so that a replay of old footage is kept
 *     like new footage. Distributions are kept for ever
 * @param maxBatch most records in a transaction, in [1, 100,000]
 */
public record SinkConfig(
    String jdbcUrl, String user, String password, Duration eventRetention, int maxBatch) {
  public static final Duration DEFAULT_EVENT_RETENTION = Duration.ofDays(30);
  public static final int DEFAULT_MAX_BATCH = 2000;

  private static final Duration LONGEST_RETENTION = Duration.ofDays(36_500);
  private static final int LARGEST_BATCH = 100_000;

  public SinkConfig {
    require(
        jdbcUrl.startsWith("jdbc:postgresql:") && Driver.parseURL(jdbcUrl, null) != null,
        "jdbcUrl must look like jdbc:postgresql://host:5432/database, was '%s'"
            .formatted(mask(jdbcUrl)));
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
    return new SinkConfig(jdbcUrl, user, password, DEFAULT_EVENT_RETENTION, DEFAULT_MAX_BATCH);
  }

  /** Returns the URL without the secrets that it may carry: fit for logs and messages. */
  public String maskedUrl() {
    return mask(jdbcUrl);
  }

  @Override
  public String toString() {
    return "SinkConfig[jdbcUrl=%s, user=%s, password=%s, eventRetention=%s, maxBatch=%d]"
        .formatted(maskedUrl(), user, password.isEmpty() ? "" : "***", eventRetention, maxBatch);
  }

  private static String mask(String url) {
    return url.replaceAll("(?i)([?&](?:ssl)?password=)[^&]*", "$1***")
        .replaceAll("//([^/@:]*):[^/@]*@", "//$1:***@");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
