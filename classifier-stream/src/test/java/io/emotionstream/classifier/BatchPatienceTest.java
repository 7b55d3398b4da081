// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchPatienceTest {
  private final BatchPatience patience = new BatchPatience(25);

  @Test
  void endsWhenNoFrameHasComeForAFifthOfTheLatency() {
    patience.begin(1000);

    assertThat(patience.quiet()).isEqualTo(5);
    assertThat(patience.fired(1004, 0)).isEqualTo(1);
    assertThat(patience.fired(1005, 0)).isZero();
  }

  @Test
  void waitsOnWhileFramesComeButNoLongerThanAllowed() {
    patience.begin(1000);
    for (int now = 1003; now < 1024; now += 3) {
      patience.added(now);
    }

    assertThat(patience.fired(1022, 0)).isEqualTo(3);
    assertThat(patience.fired(1025, 0)).isZero();
  }

  @Test
  void looksOnceMoreWhenTheThreadWasAway() {
    patience.begin(1000);

    assertThat(patience.fired(1095, 90)).isEqualTo(5);
    assertThat(patience.fired(1100, 0)).isZero();
  }

  @Test
  void doesNotCountTheTimeInWhichTheThreadWasAway() {
    patience.begin(1000);
    patience.added(1005);
    assertThat(patience.fired(1065, 60)).isEqualTo(5);
    patience.added(1066);

    assertThat(patience.fired(1070, 0)).isEqualTo(1);
    patience.added(1071);
    patience.added(1084);
    assertThat(patience.fired(1084, 0)).as("24 of 25 ms").isEqualTo(1);
    assertThat(patience.fired(1085, 0)).isZero();
  }

  @Test
  void answersAFrameThatStaysAloneThoughTheThreadIsAlwaysAway() {
    patience.begin(1000);

    assertThat(patience.fired(1095, 90)).isEqualTo(5);
    assertThat(patience.fired(1190, 90)).isZero();
  }

  @Test
  void answersFramesThatComeSlowlyThoughTheThreadIsAlwaysAway() {
    patience.begin(1000);
    patience.added(1090);
    assertThat(patience.fired(1095, 90)).isPositive();
    patience.added(1190);
    assertThat(patience.fired(1195, 95)).isPositive();

    assertThat(patience.fired(1200, 0)).as("eight times the latency").isZero();
  }
}
