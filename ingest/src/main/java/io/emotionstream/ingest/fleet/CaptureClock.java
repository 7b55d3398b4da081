// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import io.emotionstream.ingest.health.CameraStats;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a picture was taken: by the stream's own clock where it tells (RTSP senders do), unless that
 * is far off; else when it arrived. Which of them is said once for each camera and whenever it
 * changes. Used by one thread.
 */
final class CaptureClock {
  /** A stream's clock that differs more from ours than this is not set right. */
  static final Duration TRUST = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(CaptureClock.class);

  private final CameraStats stats;
  private final Optional<Instant> start;
  private String said;

  /**
   * @param start when a recording began, where that counts
   */
  CaptureClock(CameraStats stats, Optional<Instant> start) {
    this.stats = stats;
    this.start = start;
    this.said = stats.health().clock(); // of the connection before
  }

  /**
   * Returns the capture time of a picture.
   *
   * @param streamMicros by the stream's clock, in microseconds since 1970, where it tells
   * @param arrivedAt when its packet was read
   * @param elapsed time on the stream since its first picture
   */
  Instant capturedAt(OptionalLong streamMicros, Instant arrivedAt, Duration elapsed) {
    if (start.isPresent()) {
      say("start of the recording given");
      return start.get().plus(elapsed);
    }
    if (streamMicros.isEmpty()) {
      say("arrival");
      return arrivedAt;
    }
    Instant taken = Instant.EPOCH.plus(streamMicros.getAsLong(), ChronoUnit.MICROS);
    if (Duration.between(taken, arrivedAt).abs().compareTo(TRUST) > 0) {
      say("arrival, for the stream's own clock is off by more than " + TRUST.toSeconds() + " s");
      return arrivedAt;
    }
    say("the stream's own");
    return taken;
  }

  private void say(String clock) {
    if (!clock.equals(said)) {
      said = clock;
      stats.clock(clock);
      LOG.info("camera {}: clock: {}", stats.id(), clock);
    }
  }
}
