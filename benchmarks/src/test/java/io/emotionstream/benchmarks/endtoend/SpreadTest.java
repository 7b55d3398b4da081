// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void takesTheMiddleOfAnOddNumberAndTheMeanOfTheTwoMiddlesOfAnEvenOne() {
    assertThat(Spread.of(List.of(9.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 9, 3));
    assertThat(Spread.of(List.of(9.0, 1.0, 2.0, 4.0))).isEqualTo(new Spread(3, 1, 9, 4));
    assertThat(Spread.of(List.of(5.0)).text(1)).isEqualTo("5.0");
    assertThat(Spread.of(List.of(1000.0, 2000.0)).text(0)).isEqualTo("1,500 (1,000 to 2,000)");
    assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(List.of()));
  }

  @Test
  void makesRatiosInsideARoundNotOfMedians() {
    List<Double> above = List.of(1.0, 20.0, 3.0);
    List<Double> below = List.of(2.0, 20.0, 12.0);

    Spread ratio = Bench.ratio(above, value -> value, below, value -> value);

    assertThat(ratio).isEqualTo(new Spread(0.5, 0.25, 1, 3));
  }

  @Test
  void fitsAStraightLine() {
    record Point(double x, double y) {}
    List<Point> points = List.of(new Point(0, 1), new Point(1, 2), new Point(2, 6));

    assertThat(Slope.of(points, Point::x, Point::y)).isCloseTo(2.5, within(1e-9));
    assertThat(Slope.of(points.subList(0, 1), Point::x, Point::y)).isZero();
  }

  @Test
  void tellsPercentilesInMilliseconds() {
    Histogram micros = new Histogram(10_000_000, 3);
    for (int millis = 1; millis <= 100; millis++) {
      micros.recordValue(millis * 1000L);
    }

    BenchReport.Percentiles percentiles = LatencyProbe.percentiles(micros);

    assertThat(percentiles.p50()).isCloseTo(50, within(0.1));
    assertThat(percentiles.p90()).isCloseTo(90, within(0.1));
    assertThat(percentiles.p99()).isCloseTo(99, within(0.1));
    assertThat(percentiles.max()).isCloseTo(100, within(0.1));
    assertThat(LatencyProbe.percentiles(new Histogram(10_000_000, 3)).p99()).isZero();
  }

  @Test
  void dividesFacesByTheTimeOfTheProcessor() {
    Sample.Memory memory = new Sample.Memory(0, 0, 0, 0, 0, 0);
    Sample before = new Sample(1_000_000_000L, 500_000_000L, 100, 10, 0, 0, 0, 0, memory);
    Sample after = new Sample(3_000_000_000L, 1_000_000_000L, 1100, 60, 0, 0, 0, 0, memory);

    Sample run = after.minus(before);

    assertThat(run.facesPerSecond()).isEqualTo(500);
    assertThat(run.facesPerCpuSecond()).isEqualTo(2000);
  }

  @Test
  void spreadsCamerasEvenly() {
    List<String> cameras = Frames.cameras(6, 3);

    assertThat(cameras).hasSize(6).doesNotHaveDuplicates();
    assertThat(Frames.cameras(1000, 8)).hasSize(1000).doesNotHaveDuplicates();
  }

  @Test
  void balancesOnlyWhereEachFaceHasOneEventAndOnePlaceInAWindow() {
    assertThat(new Ledger.Entries(10, 10, 2, 10).balance(10)).isTrue();
    assertThat(new Ledger.Entries(11, 10, 2, 10).balance(10)).as("twice").isFalse();
    assertThat(new Ledger.Entries(10, 9, 2, 10).balance(10)).as("one lost, one twice").isFalse();
    assertThat(new Ledger.Entries(10, 10, 2, 9).balance(10)).as("not counted").isFalse();
    assertThat(new Ledger.Entries(9, 9, 2, 9).balance(10)).as("lost").isFalse();
  }
}
