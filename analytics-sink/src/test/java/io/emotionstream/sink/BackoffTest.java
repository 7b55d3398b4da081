// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(2);

  @Test
  void waitsTwiceAsLongEachTimeUpToALimitLessUpToAHalf() {
    Backoff backoff = new Backoff(FIRST, LONGEST, new Random(1));

    for (long most : new long[] {100, 200, 400, 800, 1600, 2000, 2000}) {
      assertThat(backoff.next()).isBetween(Duration.ofMillis(most / 2), Duration.ofMillis(most));
    }
    assertThat(backoff.attempts()).isEqualTo(7);
  }

  @Test
  void neverOverflowsHoweverLongTheOutage() {
    Backoff backoff = new Backoff(FIRST, LONGEST, new Random(1));

    assertThat(Stream.generate(backoff::next).limit(1000).skip(10))
        .allSatisfy(wait -> assertThat(wait).isBetween(Duration.ofSeconds(1), LONGEST));
  }

  @Test
  void startsAnewAfterASuccess() {
    Backoff backoff = new Backoff(FIRST, LONGEST, new Random(1));
    Stream.generate(backoff::next).limit(5).forEach(wait -> {});

    backoff.reset();

    assertThat(backoff.next()).isLessThanOrEqualTo(FIRST);
  }

  @Test
  void twoSinksDoNotComeBackTogether() {
    Backoff one = new Backoff(FIRST, LONGEST, new Random(1));
    Backoff other = new Backoff(FIRST, LONGEST, new Random(12_345));

    assertThat(one.next()).isNotEqualTo(other.next());
  }
}
