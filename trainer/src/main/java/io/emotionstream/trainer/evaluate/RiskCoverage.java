// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How accurate the answers are that remain when the least sure ones are left out (Geifman and
 * El-Yaniv 2017, "Selective Classification for Deep Neural Networks").
 *
 * @param points from the surest faces alone to all of them; faces that are equally sure go together
 */
public record RiskCoverage(List<Point> points) {

  /**
   * What remains above a threshold.
   *
   * @param threshold least probability of the top-1 class that is kept
   * @param kept faces
   * @param coverage share of the faces that is kept
   * @param accuracy share of right answers among them
   */
  public record Point(double threshold, long kept, double coverage, double accuracy) {}

  public RiskCoverage {
    points = List.copyOf(points);
  }

  /** Sorts answers by how sure they are. */
  public static RiskCoverage of(Answers answers) {
    List<Integer> surestFirst =
        IntStream.range(0, answers.size())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -answers.confidence(i)))
            .toList();
    List<Point> points = new ArrayList<>();
    long right = 0;
    for (int kept = 1; kept <= surestFirst.size(); kept++) {
      int face = surestFirst.get(kept - 1);
      double threshold = answers.confidence(face);
      right += answers.isRight(face) ? 1 : 0;
      boolean last =
          kept == surestFirst.size() || answers.confidence(surestFirst.get(kept)) < threshold;
      if (last) {
        points.add(
            new Point(threshold, kept, (double) kept / answers.size(), (double) right / kept));
      }
    }
    return new RiskCoverage(points);
  }

  /** Returns the point that keeps most among those at least so accurate, if there is one. */
  public Optional<Point> mostAtAccuracy(double accuracy) {
    return points.stream()
        .filter(point -> point.accuracy() >= accuracy)
        .reduce((less, more) -> more);
  }

  /** Returns the first point that keeps at least this share of the faces, if there are any. */
  public Optional<Point> atCoverage(double coverage) {
    return points.stream().filter(point -> point.coverage() >= coverage).findFirst();
  }

  /** Returns the mean share of wrong answers over all coverages (AURC); NaN without faces. */
  public double areaUnderRisk() {
    double sum = 0;
    long before = 0;
    for (Point point : points) {
      sum += (point.kept() - before) * (1 - point.accuracy());
      before = point.kept();
    }
    return sum / before;
  }
}
