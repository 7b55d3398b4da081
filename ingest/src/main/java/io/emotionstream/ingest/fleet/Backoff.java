// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a camera is tried again: twice as long each time, up to a limit, and
 * between half and all of that by chance, so that the cameras of a switch that was rebooted do not
 * all come at once. Used by one thread.
 *
 * <p>The limit and the time a connection may take ({@code StreamRequest}) together stay below ten
 * seconds: in that time a camera is back once it answers again.
 */
final class Backoff {
  static final Duration FIRST = Duration.ofMillis(500);
  static final Duration LIMIT = Duration.ofSeconds(4);

  private final RandomGenerator random;
  private int attempts;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** Returns the next wait. */
  Duration next() {
    long limit = Math.min(LIMIT.toNanos(), FIRST.toNanos() << Math.min(attempts, 10));
    attempts++;
    return Duration.ofNanos(limit / 2 + random.nextLong(limit / 2 + 1));
  }

  /** Starts with short waits again, for the camera was well. */
  void reset() {
    attempts = 0;
  }
}
