// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PacerTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1000 * MILLI;

  @Test
  void turnsAreEvenlySpacedFromTheFirst() {
    Pacer pacer = new Pacer(OptionalDouble.of(10));

    assertThat(pacer.take(5)).isEqualTo(5);
    assertThat(pacer.take(6)).isEqualTo(5 + 100 * MILLI);
    assertThat(pacer.take(7)).isEqualTo(5 + 200 * MILLI);
  }

  @Test
  void smallDelaysDoNotAddUp() {
    Pacer pacer = new Pacer(OptionalDouble.of(3));

    long due = pacer.take(0);
    for (int i = 0; i < 3 * 3600; i++) {
      due = pacer.take(due + 30 * MILLI); // each face 30 ms late
    }

    assertThat(due).isEqualTo(3600 * SECOND);
  }

  @Test
  void stallIsNotMadeUpForByABurst() {
    Pacer pacer = new Pacer(OptionalDouble.of(10));
    pacer.take(0);

    long afterStall = pacer.take(5 * SECOND);
    long next = pacer.take(5 * SECOND);

    assertThat(afterStall).isEqualTo(5 * SECOND);
    assertThat(next).isEqualTo(5 * SECOND + 100 * MILLI);
  }

  @Test
  void sharedTurnsAreGivenOutOnce() {
    Pacer pacer = new Pacer(OptionalDouble.of(2));

    long one = pacer.take(0);
    long other = pacer.take(0);

    assertThat(other - one).isEqualTo(500 * MILLI);
  }

  @Test
  void lowRateWaitsForItsTurn() {
    Pacer pacer = new Pacer(OptionalDouble.of(0.1));
    pacer.take(0);

    assertThat(pacer.take(SECOND)).isEqualTo(10 * SECOND);
  }

  @Test
  void clockMayBeNegativeOrOverflow() {
    Pacer pacer = new Pacer(OptionalDouble.of(1));
    long now = Long.MAX_VALUE - 10;
    pacer.take(now);

    assertThat(pacer.take(now) - now).isEqualTo(SECOND);
  }

  @Test
  void withoutARateEveryTurnIsNow() {
    Pacer pacer = new Pacer(OptionalDouble.empty());

    assertThat(pacer.take(3)).isEqualTo(3);
    assertThat(pacer.take(3)).isEqualTo(3);
  }
}
