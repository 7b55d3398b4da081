// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long MILLI = 1_000_000;

  private final Pace pace = new Pace();

  @Test
  void packetsThatComeAtOnceAreDueAsTheyPlay() {
    long now = 5_000_000_000L;

    assertThat(pace.due(90_000_000, now)).isEqualTo(now);
    assertThat(pace.due(90_040_000, now)).isEqualTo(now + 40 * MILLI);
    assertThat(pace.due(91_000_000, now + 990 * MILLI)).isEqualTo(now + 1000 * MILLI);
  }

  @Test
  void packetThatComesLateIsDueAtOnceAndTheNextOnesCatchUp() {
    pace.due(0, 0);

    assertThat(pace.due(40_000, 1500 * MILLI)).isEqualTo(40 * MILLI);
  }

  @Test
  void leapsAreFollowed() {
    pace.due(0, 0);

    long after = pace.due(3_600_000_000L, 40 * MILLI); // pieces were skipped
    assertThat(after).isEqualTo(40 * MILLI);
    assertThat(pace.due(3_600_040_000L, 40 * MILLI)).isEqualTo(80 * MILLI);
    assertThat(pace.due(0, 100 * MILLI)).isEqualTo(100 * MILLI); // the clock was set anew
    assertThat(pace.due(40_000, 5000 * MILLI)).isEqualTo(5000 * MILLI); // it stood still
  }
}
