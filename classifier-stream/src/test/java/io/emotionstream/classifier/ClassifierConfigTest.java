// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emotionstream.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ClassifierConfigTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final DistributionWindow WINDOW = new DistributionWindow(SECOND, Duration.ZERO);

  @Test
  void hasDefaultsThatStayBelowABrokersOwnTimestampLimit() {
    ClassifierConfig config = ClassifierConfig.defaults();

    assertThat(config.maxClockSkew().plus(config.window().size())).isLessThan(Duration.ofHours(1));
  }

  @Test
  void staysBelowTheTopicsTimestampLimitEvenAtItsGreatest() {
    Duration greatest = Duration.ofDays(7);
    ClassifierConfig config =
        new ClassifierConfig(
            new DistributionWindow(greatest, Duration.ZERO), 1, SECOND, 1, 1, greatest);
    String limit =
        Topics.defaults().distributions().requiredSettings().get("message.timestamp.after.max.ms");

    assertThat(config.maxClockSkew().plus(config.window().size()))
        .isLessThan(Duration.ofMillis(Long.parseLong(limit)));
  }

  @Test
  void refusesImpossibleValuesAndSaysWhich() {
    refuses(() -> config(0, SECOND, 1, 1, SECOND), "max batch must be between 1 and 4096, was 0");
    refuses(
        () -> config(1, Duration.ZERO, 1, 1, SECOND),
        "max latency must be between 1 ms and 1 minute, was PT0S");
    refuses(() -> config(1, SECOND, 0, 1, SECOND), "threads must be at least 1, was 0");
    refuses(
        () -> config(1, SECOND, 1, 0, SECOND),
        "max face side must be between 1 and 8192 pixels, was 0");
    refuses(
        () -> config(1, SECOND, 1, 8193, SECOND),
        "max face side must be between 1 and 8192 pixels, was 8193");
    refuses(
        () -> config(1, SECOND, 1, 1, SECOND.negated()),
        "max clock skew must not be negative and at most 7 days, was PT-1S");
    refuses(
        () -> config(1, SECOND, 1, 1, Duration.ofDays(7).plusMillis(1)),
        "max clock skew must not be negative and at most 7 days, was PT168H0.001S");
  }

  @Test
  void refusesImpossibleWindowsAndSaysWhich() {
    refuses(
        () -> new DistributionWindow(Duration.ZERO, SECOND),
        "window size must be positive and at most 7 days, was PT0S");
    refuses(
        () -> new DistributionWindow(Duration.ofDays(8), SECOND),
        "window size must be positive and at most 7 days, was PT192H");
    refuses(
        () -> new DistributionWindow(SECOND, SECOND.negated()),
        "window grace must not be negative and at most a year, was PT-1S");
    refuses(
        () -> new DistributionWindow(Duration.ofNanos(1500000), SECOND),
        "window size and grace must be whole milliseconds, were PT0.0015S and PT1S");
    refuses(
        () -> new DistributionWindow(SECOND, Duration.ofMillis(300), SECOND),
        "window advance must be the size or a whole fraction of it, so that every face is in the"
            + " same number of windows; size PT1S, advance PT0.3S");
    refuses(
        () -> new DistributionWindow(SECOND, Duration.ofSeconds(2), SECOND),
        "window advance must be the size or a whole fraction of it, so that every face is in the"
            + " same number of windows; size PT1S, advance PT2S");
    refuses(
        () -> new DistributionWindow(SECOND, Duration.ZERO, SECOND),
        "window advance must be positive and whole milliseconds, was PT0S");
    refuses(
        () -> new DistributionWindow(SECOND, SECOND, Duration.ofDays(1)),
        "window size and grace must be at most 10000 advances, for that much is kept of each"
            + " camera; size PT1S, advance PT1S, grace PT24H are 86401");
  }

  @Test
  void refusesImpossibleSetsOfWindowsAndSaysWhich() {
    ClassifierConfig defaults = ClassifierConfig.defaults();
    refuses(() -> defaults.withWindows(List.of()), "windows must be 1 to 16, were 0");
    refuses(
        () -> defaults.withWindows(List.of(WINDOW, new DistributionWindow(SECOND, SECOND))),
        "two windows have size PT1S and advance PT1S");
  }

  @Test
  void refusesAnImpossibleIdleTimeout() {
    refuses(
        () ->
            new ClassifierConfig(
                List.of(WINDOW), 1, SECOND, 1, 1, SECOND, Duration.ofMillis(5), true),
        "idle timeout must be zero for never, or between 1 s and 366 days, was PT0.005S");
  }

  @Test
  void startsWindowsAtMultiplesOfTheirSizeSinceTheEpoch() {
    DistributionWindow window = new DistributionWindow(Duration.ofMinutes(15), Duration.ZERO);

    assertThat(start(window, "2026-06-01T12:14:59.999999Z")).isEqualTo("2026-06-01T12:00:00Z");
    assertThat(start(window, "2026-06-01T12:15:00Z")).isEqualTo("2026-06-01T12:15:00Z");
  }

  private static Instant start(DistributionWindow window, String time) {
    return Micros.toInstant(window.startOf(Micros.of(Instant.parse(time))));
  }

  private static ClassifierConfig config(
      int maxBatch, Duration maxLatency, int threads, int maxSide, Duration skew) {
    return new ClassifierConfig(WINDOW, maxBatch, maxLatency, threads, maxSide, skew);
  }

  private static void refuses(ThrowingCallable creation, String message) {
    assertThatThrownBy(creation).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
