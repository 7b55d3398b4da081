// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ClassifierConfigTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final DistributionWindow WINDOW = new DistributionWindow(SECOND, Duration.ZERO);

  @Test
  void hasDefaultsThatStayBelowTheBrokersTimestampLimit() {
    ClassifierConfig config = ClassifierConfig.defaults();

    assertThat(config.maxClockSkew().plus(config.window().size())).isLessThan(Duration.ofHours(1));
  }

  @Test
  void refusesImpossibleValuesAndSaysWhich() {
    refuses(() -> config(0, SECOND, 1, 1, SECOND), "max batch must be between 1 and 4096, was 0");
    refuses(
        () -> config(1, Duration.ZERO, 1, 1, SECOND),
        "max latency must be between 1 ms and 1 minute, was PT0S");
    refuses(() -> config(1, SECOND, 0, 1, SECOND), "threads must be at least 1, was 0");
    refuses(() -> config(1, SECOND, 1, 0, SECOND), "max face side must be at least 1 pixel, was 0");
    refuses(
        () -> config(1, SECOND, 1, 1, SECOND.negated()),
        "max clock skew must not be negative and at most a year, was PT-1S");
  }

  @Test
  void refusesImpossibleWindowsAndSaysWhich() {
    refuses(
        () -> new DistributionWindow(Duration.ZERO, SECOND),
        "window size must be positive and at most a year, was PT0S");
    refuses(
        () -> new DistributionWindow(SECOND, SECOND.negated()),
        "window grace must not be negative and at most a year, was PT-1S");
    refuses(
        () -> new DistributionWindow(Duration.ofNanos(1500000), SECOND),
        "window size and grace must be whole milliseconds, were PT0.0015S and PT1S");
  }

  @Test
  void startsWindowsAtMultiplesOfTheirSizeSinceTheEpoch() {
    DistributionWindow window = new DistributionWindow(Duration.ofMinutes(15), Duration.ZERO);

    assertThat(window.startOf(Instant.parse("2026-06-01T12:14:59.999999Z")))
        .isEqualTo("2026-06-01T12:00:00Z");
    assertThat(window.startOf(Instant.parse("2026-06-01T12:15:00Z")))
        .isEqualTo("2026-06-01T12:15:00Z");
  }

  private static ClassifierConfig config(
      int maxBatch, Duration maxLatency, int threads, int maxSide, Duration skew) {
    return new ClassifierConfig(WINDOW, maxBatch, maxLatency, threads, maxSide, skew);
  }

  private static void refuses(ThrowingCallable creation, String message) {
    assertThatThrownBy(creation).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
