// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier.quantify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.emotionstream.classifier.quantify.Quantifier.Observation;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuantifierTest {
  private static final long MANY = 1_000_000; // so that what blurs the rows is nothing

  private final Quantifier unprejudiced = new Quantifier(0);

  /**
   * By hand: P(0 | 0) = 0.8, P(1 | 1) = 0.9; with share x of class 0, class 0 is predicted for 0.8
   * x + 0.1 (1 - x) = 0.1 + 0.7 x of the faces. 45 of 100 were, so x = 0.5.
   */
  @Test
  void solvesTwoClassesAsByHand() {
    Quantification found = unprejudiced.estimate(List.of(seen(new long[] {45, 55}, 0.8, 0.9)), 100);

    assertThat(found.share(0)).isEqualTo(0.5, within(1e-4));
    assertThat(found.share(1)).isEqualTo(0.5, within(1e-4));
  }

  /** By hand: fewer than even no one of class 0 would give (10 %), so none is the most likely. */
  @Test
  void staysBetweenNoneAndAll() {
    Quantification found = unprejudiced.estimate(List.of(seen(new long[] {5, 95}, 0.8, 0.9)), 100);

    assertThat(found.share(0)).isEqualTo(0, within(0.01));
    assertThat(found.low(0)).isBetween(0.0, 0.01);
    assertThat(found.high(1)).isBetween(0.99, 1.0);
  }

  /** Both models say x = 0.5 by hand: 0.1 + 0.7 x = 0.45 of 100, 0.3 + 0.4 x = 0.5 of 100. */
  @Test
  void letsTwoModelsShareOneEstimate() {
    Quantification found =
        unprejudiced.estimate(
            List.of(seen(new long[] {45, 55}, 0.8, 0.9), seen(new long[] {50, 50}, 0.7, 0.7)), 200);

    assertThat(found.share(0)).isEqualTo(0.5, within(1e-4));
  }

  /**
   * The estimate with a prior is the same as one step of its own: next = (sum over predictions of
   * counts times the posterior of the class + prior) / (faces + strength).
   */
  @Test
  void isAFixedPointOfExpectationMaximization() {
    Quantification found =
        new Quantifier(10).estimate(List.of(seen(new long[] {30, 70}, 0.8, 0.9)), 100);

    double x = found.share(0);
    double posteriorOf0 = 0.8 * x / (0.8 * x + 0.1 * (1 - x));
    double posteriorOf1 = 0.2 * x / (0.2 * x + 0.9 * (1 - x));
    double prior = 10 * 0.3;
    assertThat((30 * posteriorOf0 + 70 * posteriorOf1 + prior) / 110).isEqualTo(x, within(1e-5));
  }

  @Test
  void hasIntervalsThatHoldTheTruthAsOftenAsTheySay() {
    SplittableRandom random = new SplittableRandom(1);
    int held = 0;
    int rounds = 400;
    for (int round = 0; round < rounds; round++) {
      long[][] confusion = {drawn(random, 300, 0.8), reversed(drawn(random, 300, 0.9))};
      long[] counts = new long[2];
      for (int face = 0; face < 200; face++) {
        boolean zero = random.nextDouble() < 0.3;
        counts[random.nextDouble() < (zero ? 0.8 : 0.1) ? 0 : 1]++;
      }
      Quantification found =
          unprejudiced.estimate(List.of(new Observation(counts, confusion)), 200);
      held += found.low(0) <= 0.3 && 0.3 <= found.high(0) ? 1 : 0;
    }

    assertThat((double) held / rounds).isBetween(0.85, 0.95);
  }

  @Test
  void answersTheSameTwice() {
    Observation seen = seen(new long[] {3, 4}, 0.8, 0.9);

    Quantification first = Quantifier.standard().estimate(List.of(seen), 7);
    Quantification second = Quantifier.standard().estimate(List.of(seen), 7);

    assertThat(first.lows()).containsExactly(second.lows());
    assertThat(first.highs()).containsExactly(second.highs());
  }

  @Test
  void hasNoAnswerWithoutFacesOrAMatrixThatFits() {
    assertThatThrownBy(() -> unprejudiced.estimate(List.of(seen(new long[] {0, 0}, 0.8, 0.9)), 1))
        .hasMessage("no face was counted, so there are no shares");
    assertThatThrownBy(() -> new Observation(new long[3], new long[2][2]))
        .hasMessage("3 counts need a confusion of as many rows and columns");
    assertThatThrownBy(() -> new Quantifier(-1))
        .hasMessage("strength of the prior must be a number of faces, was -1.0");
  }

  private static Observation seen(long[] counts, double right0, double right1) {
    long[][] confusion = {
      {Math.round(MANY * right0), Math.round(MANY * (1 - right0))},
      {Math.round(MANY * (1 - right1)), Math.round(MANY * right1)}
    };
    return new Observation(counts, confusion);
  }

  private static long[] drawn(SplittableRandom random, int faces, double right) {
    long[] row = new long[2];
    for (int face = 0; face < faces; face++) {
      row[random.nextDouble() < right ? 0 : 1]++;
    }
    return row;
  }

  private static long[] reversed(long[] row) {
    return new long[] {row[1], row[0]};
  }
}
