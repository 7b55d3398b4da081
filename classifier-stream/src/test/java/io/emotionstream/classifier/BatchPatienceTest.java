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
  void looksForMoreWhenTheThreadWasAway() {
    patience.begin(1000);

    assertThat(patience.fired(1095, 90)).isEqualTo(1);
    assertThat(patience.fired(1096, 0)).as("found nothing").isZero();
  }

  @Test
  void looksAgainAsLongAsItFindsSome() {
    patience.begin(1000);
    patience.added(1005);
    assertThat(patience.fired(1065, 60)).isEqualTo(1);
    patience.added(1066);
    assertThat(patience.fired(1066, 0)).isEqualTo(1);
    patience.added(1110);
    assertThat(patience.fired(1110, 43)).as("away between two looks").isEqualTo(1);

    assertThat(patience.fired(1111, 0)).isZero();
  }

  @Test
  void looksNoMoreWhenTheThreadIsThere() {
    patience.begin(1000);
    for (int now = 1001; now <= 1025; now++) {
      patience.added(now);
    }

    assertThat(patience.fired(1025, 5)).isZero();
  }

  @Test
  void answersThoughALookAlwaysFindsMore() {
    patience.begin(1000);
    for (int now = 1065; now < 1200; now += 10) {
      patience.added(now);
      assertThat(patience.fired(now, 10)).isPositive();
    }
    patience.added(1200);

    assertThat(patience.fired(1200, 0)).as("eight times the latency").isZero();
  }

  @Test
  void beginsAnewWithTheNextBatch() {
    patience.begin(1000);
    assertThat(patience.fired(1095, 90)).isPositive();

    patience.begin(1100);

    assertThat(patience.fired(1104, 0)).as("4 of 5 ms").isEqualTo(1);
    assertThat(patience.fired(1105, 0)).isZero();
  }
}
