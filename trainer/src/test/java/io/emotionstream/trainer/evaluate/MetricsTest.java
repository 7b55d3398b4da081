// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.emotionstream.model.Calibration;
import io.emotionstream.model.Emotions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against values worked out by hand, or known ones. */
class MetricsTest {

  @Test
  void knowsWilsonsInterval() {
    assertThat(Interval.wilson(8, 10).low()).isCloseTo(0.4902, within(5e-5));
    assertThat(Interval.wilson(8, 10).high()).isCloseTo(0.9433, within(5e-5));
    assertThat(Interval.wilson(0, 10).low()).isZero();
    assertThat(Interval.wilson(0, 10).high()).isCloseTo(0.2775, within(5e-5));
    assertThat(Interval.wilson(10, 10).high()).isCloseTo(1, within(1e-12));
    assertThat(Interval.wilson(0, 0).low()).isNaN();
    assertThatThrownBy(() -> Interval.wilson(2, 1)).hasMessage("2 successes in 1 trials");
  }

  @Test
  void knowsTheExpectedCalibrationError() {
    Answers answers =
        new SampleAnswers()
            .add(0, 0, 0.9)
            .add(1, 1, 0.9)
            .add(2, 0, 0.9)
            .add(3, 0, 0.9)
            .add(4, 4, 0.5)
            .build();

    Reliability reliability = Reliability.of(answers);

    // Four faces say 0.9 and half are right, one says 0.5 and is right.
    assertThat(reliability.expectedCalibrationError())
        .isCloseTo(0.8 * 0.4 + 0.2 * 0.5, within(1e-6));
    assertThat(reliability.bins()).hasSize(Reliability.BINS);
    assertThat(reliability.bins().get(13).count()).isEqualTo(4);
    assertThat(reliability.bins().get(7).count()).isEqualTo(1);
    assertThat(reliability.bins().get(0).accuracy()).isNaN();
  }

  @Test
  void putsTheEndsOfABinIntoTheLowerOne() {
    Answers certain = Answers.of(new int[] {0}, new float[][] {{1, 0, 0, 0, 0, 0, 0}});

    assertThat(Reliability.of(certain).bins().get(14).count()).isEqualTo(1);
    assertThat(Reliability.of(certain).expectedCalibrationError()).isZero();
  }

  @Test
  void knowsMcNemarsExactTest() {
    assertThat(new McNemar(1, 9).pValue()).isCloseTo(2 * (1 + 10) / 1024.0, within(1e-12));
    assertThat(new McNemar(9, 1).pValue()).isCloseTo(2 * (1 + 10) / 1024.0, within(1e-12));
    assertThat(new McNemar(0, 3).pValue()).isCloseTo(0.25, within(1e-12));
    assertThat(new McNemar(5, 5).pValue()).isEqualTo(1);
    assertThat(new McNemar(0, 0).pValue()).isEqualTo(1);
    // Normal approximation with continuity correction: z = 59 / sqrt(1000), p = 0.0621.
    assertThat(new McNemar(470, 530).pValue()).isCloseTo(0.0621, within(5e-4));
  }

  @Test
  void countsWhereOnlyOneIsRight() {
    Answers first = new SampleAnswers().add(0, 0, 0.9).add(1, 0, 0.9).add(2, 2, 0.9).build();
    Answers second = new SampleAnswers().add(0, 0, 0.9).add(1, 1, 0.9).add(2, 3, 0.9).build();
    Answers others = new SampleAnswers().add(0, 0, 0.9).add(5, 1, 0.9).add(2, 3, 0.9).build();

    assertThat(McNemar.of(first, second)).isEqualTo(new McNemar(1, 1));
    assertThat(McNemar.of(first, second).difference(3).low())
        .isCloseTo(-Interval.Z * Math.sqrt(2) / 3, within(1e-12));
    assertThatThrownBy(() -> McNemar.of(first, others))
        .hasMessageContaining("face 1 has two labels");
  }

  @Test
  void followsAccuracyFromTheSurestFaceToAll() {
    Answers answers =
        new SampleAnswers()
            .add(0, 1, 0.4)
            .add(0, 0, 0.9)
            .add(0, 0, 0.8)
            .add(0, 1, 0.6)
            .add(0, 0, 0.6)
            .build();

    List<RiskCoverage.Point> points = RiskCoverage.of(answers).points();

    assertThat(points).extracting(RiskCoverage.Point::kept).containsExactly(1L, 2L, 4L, 5L);
    assertThat(points)
        .extracting(RiskCoverage.Point::accuracy)
        .containsExactly(1.0, 1.0, 0.75, 0.6);
    assertThat(RiskCoverage.of(answers).areaUnderRisk())
        .isCloseTo((2 * 0.25 + 0.4) / 5, within(1e-12));
    assertThat(RiskCoverage.of(answers).mostAtAccuracy(0.7).orElseThrow().kept()).isEqualTo(4);
    assertThat(RiskCoverage.of(answers).mostAtAccuracy(1.1)).isEmpty();
    assertThat(RiskCoverage.of(answers).atCoverage(0.5).orElseThrow().kept()).isEqualTo(4);
  }

  @Test
  void losesAccuracySteadilyWhereSurenessTellsRightFromWrong() {
    SampleAnswers answers = new SampleAnswers();
    for (int i = 0; i < 100; i++) {
      answers.add(0, i < 70 ? 0 : 1, 0.99 - i * 0.008);
    }

    List<RiskCoverage.Point> points = RiskCoverage.of(answers.build()).points();

    assertThat(points).hasSize(100);
    for (int i = 1; i < points.size(); i++) {
      assertThat(points.get(i).accuracy()).isLessThanOrEqualTo(points.get(i - 1).accuracy());
      assertThat(points.get(i).coverage()).isGreaterThan(points.get(i - 1).coverage());
      assertThat(points.get(i).threshold()).isLessThan(points.get(i - 1).threshold());
    }
  }

  @Test
  void findsTheTemperatureAgain() {
    for (double temperature : new double[] {0.6, 1, 2.5}) {
      Answers answers = SampleAnswers.overconfident(8_000, temperature, 3);

      assertThat(Calibrator.temperature(answers))
          .isCloseTo(temperature, within(0.05 * temperature));
    }
  }

  @Test
  void mendsTheCalibrationOfOtherFaces() {
    Calibration calibration =
        Calibrator.fit(SampleAnswers.overconfident(5_000, 2.5, 3), "validation");
    Answers others = SampleAnswers.overconfident(20_000, 2.5, 4);

    double before = Reliability.of(others).expectedCalibrationError();
    Answers scaled = others.scaled(calibration.temperature());

    assertThat(before).isGreaterThan(0.15);
    assertThat(Reliability.of(scaled).expectedCalibrationError()).isLessThan(0.02);
    assertThat(scaled.logLoss()).isLessThan(others.logLoss());
    assertThat(scaled.evaluation().confusionMatrix())
        .isDeepEqualTo(others.evaluation().confusionMatrix());
  }

  @Test
  void leavesTop1ProbabilitiesAloneThatAreRightThoughTheLogLossAsksForSharperOnes() {
    float[][] probabilities = new float[100][];
    int[] labels = new int[100];
    for (int i = 0; i < 100; i++) {
      // Right seven times in ten, as it says; some probability lies where no label ever is.
      probabilities[i] = new float[] {0.7f, 0.2f, 0.02f, 0.02f, 0.02f, 0.02f, 0.02f};
      labels[i] = i < 70 ? 0 : 1;
    }
    Answers answers = Answers.of(labels, probabilities);

    assertThat(Calibrator.temperature(answers)).isLessThan(0.9);
    assertThat(Calibrator.fit(answers, "validation").temperature()).isEqualTo(1);
  }

  @Test
  void choosesTheLowestThresholdThatReachesTheTarget() {
    Answers answers = SampleAnswers.overconfident(5_000, 2.5, 3);

    Calibration calibration = Calibrator.fit(answers, "validation");

    UncertainFaces faces =
        UncertainFaces.of(answers.scaled(calibration.temperature()), calibration.uncertainBelow());
    assertThat(faces.others().accuracy()).isGreaterThanOrEqualTo(0.8).isLessThan(0.81);
    assertThat(calibration.rule())
        .isEqualTo("lowest top-1 probability at which the kept faces of validation are 80 % right");
    assertThat(calibration.confusionMatrix()).isDeepEqualTo(answers.evaluation().confusionMatrix());
    assertThat(calibration.split()).isEqualTo("validation");
  }

  @Test
  void callsNoFaceUncertainWhereAllTogetherReachTheTarget() {
    SampleAnswers answers = new SampleAnswers();
    for (int i = 0; i < 100; i++) {
      answers.add(i % 7, i < 90 ? i % 7 : (i + 1) % 7, 0.5 + i * 0.001);
    }

    assertThat(Calibrator.fit(answers.build(), "validation").uncertainBelow()).isZero();
  }

  @Test
  void callsEveryFaceUncertainWhereNoneReachesTheTarget() {
    SampleAnswers answers = new SampleAnswers();
    for (int i = 0; i < 100; i++) {
      answers.add(0, 1 + i % 6, 0.5);
    }

    Calibration calibration = Calibrator.fit(answers.build(), "validation");

    assertThat(calibration.uncertainBelow()).isEqualTo(1);
    assertThat(calibration.rule()).endsWith("(never reached)");
  }

  @Test
  void needsFacesToCalibrateOn() {
    assertThatThrownBy(() -> Calibrator.fit(List.of(), new int[0], "validation"))
        .hasMessage("calibration: validation has no face to fit it to");
  }

  @Test
  void namesTheMostFrequentConfusionsFirst() {
    long[][] counts = new long[Emotions.COUNT][Emotions.COUNT];
    counts[0][0] = 50;
    counts[0][4] = 30;
    counts[0][6] = 20;
    counts[2][4] = 25;

    List<Confusion> top = Evaluation.of(counts).topConfusions(2);

    assertThat(top)
        .containsExactly(
            new Confusion(Emotions.ofLabel(0), Emotions.ofLabel(4), 30, 0.3),
            new Confusion(Emotions.ofLabel(2), Emotions.ofLabel(4), 25, 1));
  }

  @Test
  void knowsHowFarTheMacroF1MayBeOff() {
    Answers answers = SampleAnswers.overconfident(2_000, 1, 3);

    Interval interval = Bootstrap.macroF1(answers);

    double value = answers.evaluation().macroF1();
    assertThat(interval.low()).isLessThan(value);
    assertThat(interval.high()).isGreaterThan(value);
    // Near that of a share of 2,000 faces, 0.022 either way.
    assertThat(interval.halfWidth()).isBetween(0.018, 0.027);
    assertThat(Bootstrap.macroF1(answers)).isEqualTo(interval);
  }

  @Test
  void hasNoIntervalForFacesThatAreAllTheSame() {
    Answers right = new SampleAnswers().add(0, 0, 0.9).add(0, 0, 0.9).build();

    assertThat(Bootstrap.macroF1(right)).isEqualTo(new Interval(1, 1));
    assertThat(Bootstrap.macroF1(new SampleAnswers().build()).low()).isNaN();
  }
}
