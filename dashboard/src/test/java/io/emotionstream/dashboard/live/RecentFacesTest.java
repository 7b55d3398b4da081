// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecentFacesTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final RecentFaces recent = new RecentFaces();

  @Test
  void countsTheLastTenWholeSeconds() {
    for (int second = 0; second < 30; second++) {
      add(second, 20, false);
      add(second, 20, false);
    }

    assertThat(recent.perSecond(NOON.plusSeconds(30))).isEqualTo(2.0);
    assertThat(recent.perSecond(NOON.plusSeconds(35))).isEqualTo(1.0);
    assertThat(recent.perSecond(NOON.plusSeconds(40))).isZero();
  }

  @Test
  void leavesOutWhatComesFromLongAgo() {
    add(100, 20, false);
    add(0, 20, false);

    assertThat(recent.perSecond(NOON.plusSeconds(101))).isEqualTo(0.1);
  }

  @Test
  void knowsPercentilesToWithinTwelvePercent() {
    for (int millis = 1; millis <= 1_000; millis++) {
      add(0, millis, millis % 4 == 0);
    }

    RecentFaces.Minute minute = recent.minute(NOON);
    assertThat(minute.p50Millis()).isCloseTo(500, within(60.0));
    assertThat(minute.p99Millis()).isCloseTo(990, within(119.0));
    assertThat(minute.uncertainShare()).isEqualTo(0.25);
  }

  @Test
  void knowsHowFarAClassifierFellBack() {
    add(0, 900_000, false); // as long as frames are kept

    assertThat(recent.minute(NOON).p50Millis()).isCloseTo(900_000, within(108_000.0));
  }

  @Test
  void forgetsAfterAMinute() {
    add(0, 20, true);

    assertThat(recent.minute(NOON.plusSeconds(59)).uncertainShare()).isEqualTo(1.0);
    assertThat(recent.minute(NOON.plusSeconds(60)).p50Millis()).isNaN();
    assertThat(recent.minute(NOON.plusSeconds(60)).uncertainShare()).isNaN();
  }

  @Test
  void takesLatenciesThatCannotBe() {
    recent.add(NOON, Duration.ofSeconds(-5), false, false);
    recent.add(NOON, Duration.ofDays(400_000), false, false); // more nanoseconds than a long

    assertThat(recent.minute(NOON).p50Millis()).isBetween(1.0, 1.25);
    assertThat(recent.minute(NOON).p99Millis()).isGreaterThan(90_000);
    assertThat(recent.minute(NOON).uncertainShare()).isNaN();
  }

  private void add(int second, int latencyMillis, boolean uncertain) {
    recent.add(NOON.plusSeconds(second), Duration.ofMillis(latencyMillis), true, uncertain);
  }
}
