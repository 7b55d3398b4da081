// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How wide a bucket of a distribution over time is; buckets begin at multiples of it since 1970.
 */
public enum Resolution {
  TEN_SECONDS("10s", Duration.ofSeconds(10)),
  MINUTE("1m", Duration.ofMinutes(1)),
  FIVE_MINUTES("5m", Duration.ofMinutes(5)),
  QUARTER("15m", Duration.ofMinutes(15)),
  HOUR("1h", Duration.ofHours(1)),
  DAY("1d", Duration.ofDays(1));

  private static final int GOOD_BUCKETS = 300;

  private final String text;
  private final Duration width;

  Resolution(String text, Duration width) {
    this.text = text;
    this.width = width;
  }

  /** Returns how it is written in a request. */
  public String text() {
    return text;
  }

  public Duration width() {
    return width;
  }

  /** Returns how many buckets a range has at most. */
  public long buckets(Instant from, Instant to) {
    long width = this.width.toMillis();
    return Math.floorDiv(to.toEpochMilli() - 1, width)
        - Math.floorDiv(from.toEpochMilli(), width)
        + 1;
  }

  /** Returns the finest one that shows a range in a few hundred buckets of whole windows. */
  static Resolution fitting(Instant from, Instant to, Optional<Long> windowMillis) {
    return Stream.of(values())
        .filter(one -> one.buckets(from, to) <= GOOD_BUCKETS)
        .filter(one -> windowMillis.isEmpty() || one.width.toMillis() % windowMillis.get() == 0)
        .findFirst()
        .orElse(DAY);
  }
}
