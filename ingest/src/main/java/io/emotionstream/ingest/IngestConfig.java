// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest;

import io.emotionstream.ingest.source.SourceSpec;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What to publish, and how fast.
 *
 * @param sources source URIs as {@link SourceSpec} reads them; at least one
 * @param cameras number of cameras that each source deals its faces to; at least 1
 * @param rate faces per second over all cameras of all sources; without it as fast as the broker
 *     takes them
 * @param heartbeatInterval how long a camera is silent before it gives a sign of life; at least 1
 *     ms
 */
public record IngestConfig(
    List<String> sources, int cameras, OptionalDouble rate, Duration heartbeatInterval) {
  /** Sign of life of a silent camera, where nothing else is wanted. */
  public static final Duration DEFAULT_HEARTBEAT_INTERVAL = Duration.ofSeconds(1);

  /** Faces per second are limited so that turns stay apart on a clock of nanoseconds. */
  private static final double MAX_RATE = 1_000_000;

  public IngestConfig {
    sources = List.copyOf(sources);
    require(!sources.isEmpty(), "sources must name at least one, known are " + SourceSpec.KNOWN);
    sources.forEach(SourceSpec::parse);
    require(cameras >= 1, "cameras must be at least 1, was " + cameras);
    if (rate.isPresent()) {
      double value = rate.getAsDouble();
      require(
          value > 0 && value <= MAX_RATE,
          "rate must be above 0 and at most 1000000 faces/s, was %s; leave it out for no limit"
              .formatted(value));
    }
    require(
        heartbeatInterval.toMillis() >= 1,
        "heartbeat interval must be at least 1 ms, was " + heartbeatInterval);
  }

  List<SourceSpec> specs() {
    return sources.stream().map(SourceSpec::parse).toList();
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
