// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The times of capture that the tables take: a camera's clock may be wrong, but not that wrong. */
final class CaptureTimes {
  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  private CaptureTimes() {}

  static void check(String field, Instant time) {
    if (time.isBefore(EARLIEST) || !time.isBefore(LATEST)) {
      throw new IllegalArgumentException(
          "%s must be in [%s, %s), was %s".formatted(field, EARLIEST, LATEST, time));
    }
  }

  /** Returns the UTC day, which is the partition, of a capture time. */
  static LocalDate dayOf(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }
}
