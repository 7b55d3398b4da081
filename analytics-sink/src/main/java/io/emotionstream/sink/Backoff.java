// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: from {@code first} on twice as long each time, up to
 * {@code longest}, less up to a half by chance, so that many sinks do not come back at once.
 */
final class Backoff {
  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;
  private int attempts;

  Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
  }

  /** Returns the wait after one more failure. */
  Duration next() {
    long doubled = first.toMillis() << Math.min(attempts++, 30);
    long most = Math.min(doubled, longest.toMillis());
    return Duration.ofMillis(most - (long) (random.nextDouble() * most / 2));
  }

  /** Returns the failures since the last success. */
  int attempts() {
    return attempts;
  }

  /** Starts from {@code first} again. */
  void reset() {
    attempts = 0;
  }
}
