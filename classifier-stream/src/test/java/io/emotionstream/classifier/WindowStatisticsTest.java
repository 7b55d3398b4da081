// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static io.emotionstream.classifier.StreamDriver.NOON;
import static io.emotionstream.schemas.Emotion.HAPPY;
import static io.emotionstream.schemas.Emotion.NEUTRAL;
import static io.emotionstream.schemas.Emotion.SAD;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.emotionstream.model.Calibration;
import io.emotionstream.schemas.CorrectedShare;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.TrackStatistics;
import io.emotionstream.testkit.Faces;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a window carries beside its counts. The classifier's top-1 class has 0.7, others 0.05. */
class WindowStatisticsTest {
  private static final DistributionWindow MINUTE =
      new DistributionWindow(Duration.ofMinutes(1), Duration.ZERO);
  private static final DistributionWindow HOPPING =
      new DistributionWindow(Duration.ofMinutes(1), Duration.ofSeconds(20), Duration.ZERO);

  @Test
  void weighsAFaceByItsConfidence() {
    try (StreamDriver stream = StreamDriver.withWindows(MINUTE)) {
      stream.see("lobby", HAPPY, NOON);
      stream.see("lobby", HAPPY, NOON);
      stream.see("lobby", SAD, NOON);

      EmotionDistribution window = onlyWindow(stream);
      assertThat(window.getConfidenceWeightedCounts().get("HAPPY")).isEqualTo(1.4, within(1e-6));
      assertThat(window.getConfidenceWeightedCounts().get("SAD")).isEqualTo(0.7, within(1e-6));
      assertThat(window.getConfidenceWeightedCounts().get("FEAR")).isZero();
    }
  }

  @Test
  void saysNothingOfUncertaintyOrTruthWithoutACalibration() {
    try (StreamDriver stream = StreamDriver.withWindows(MINUTE)) {
      stream.see("lobby", HAPPY, NOON);

      EmotionDistribution window = onlyWindow(stream);
      assertThat(window.getUncertainFaces()).isNull();
      assertThat(window.getCorrectedShares()).isNull();
      assertThat(stream.events.readValue().getUncertain()).isNull();
    }
  }

  @Test
  void countsFacesBelowTheModelsThreshold() {
    try (StreamDriver sure = StreamDriver.calibrated(calibration(0.69), MINUTE);
        StreamDriver unsure = StreamDriver.calibrated(calibration(0.71), MINUTE)) {
      for (StreamDriver stream : List.of(sure, unsure)) {
        stream.see("lobby", HAPPY, NOON);
        stream.see("lobby", SAD, NOON);
      }

      assertThat(onlyWindow(sure).getUncertainFaces()).isZero();
      EmotionDistribution window = onlyWindow(unsure);
      assertThat(window.getUncertainFaces()).isEqualTo(2);
      assertThat(window.getTotal()).isEqualTo(2); // uncertain faces are counted, too
      assertThat(unsure.events.readValuesToList()).allMatch(EmotionEvent::getUncertain);
    }
  }

  @Test
  void letsNobodyDominateByStaring() {
    try (StreamDriver stream = StreamDriver.withWindows(MINUTE)) {
      for (int second = 0; second < 50; second++) {
        see(stream, "starer", HAPPY, NOON.plusSeconds(second));
      }
      see(stream, "passer", SAD, NOON.plusSeconds(10));
      see(stream, "passer", SAD, NOON.plusSeconds(11));
      stream.see("lobby", SAD, NOON.plusSeconds(12)); // untracked: a track of its own

      EmotionDistribution window = onlyWindow(stream);
      TrackStatistics tracks = window.getTracks();
      assertThat(window.getCounts()).containsEntry("HAPPY", 50L).containsEntry("SAD", 3L);
      assertThat(tracks.getDistinct()).isEqualTo(2);
      assertThat(tracks.getExact()).isTrue();
      assertThat(tracks.getUntracked()).isEqualTo(1);
      assertThat(tracks.getShares().get("HAPPY")).isEqualTo((0.7 + 0.05 + 0.05) / 3, within(1e-6));
      assertThat(tracks.getShares().get("SAD")).isEqualTo((0.05 + 0.7 + 0.7) / 3, within(1e-6));
      assertThat(tracks.getVisibleSeconds()).isEqualTo(49 + 1);
      assertThat(tracks.getTimeShares().get("HAPPY"))
          .isEqualTo((49 * 0.7 + 1 * 0.05) / 50, within(1e-6));
    }
  }

  @Test
  void followsATrackAcrossThePanesOfAHoppingWindow() {
    try (StreamDriver stream = StreamDriver.withWindows(HOPPING)) {
      see(stream, "starer", HAPPY, NOON.plusSeconds(5));
      see(stream, "starer", NEUTRAL, NOON.plusSeconds(35));
      see(stream, "passer", SAD, NOON.plusSeconds(50));
      stream.send(Faces.end("lobby", NOON.plusSeconds(50)));

      EmotionDistribution window =
          stream.distributions.readValuesToList().stream()
              .filter(candidate -> candidate.getWindowStart().equals(NOON))
              .findFirst()
              .orElseThrow();
      assertThat(window.getTotal()).isEqualTo(3);
      assertThat(window.getTracks().getDistinct()).isEqualTo(2);
      assertThat(window.getTracks().getVisibleSeconds()).isEqualTo(30);
      assertThat(window.getTracks().getShares().get("HAPPY"))
          .isEqualTo(((0.7 + 0.05) / 2 + 0.05) / 2, within(1e-6));
    }
  }

  @Test
  void estimatesHowManyTracksThereWereWhereTheyAreMoreThanAreKept() {
    int people = 6000;
    try (StreamDriver stream = StreamDriver.withWindows(MINUTE)) {
      for (int i = 0; i < people; i++) {
        see(stream, "person " + i, i % 3 == 0 ? SAD : HAPPY, NOON.plusMillis(i));
        see(stream, "person " + i, i % 3 == 0 ? SAD : HAPPY, NOON.plusMillis(i + 500));
      }
      assertThat(stream.panes().approximateNumEntries()).isLessThanOrEqualTo(Pane.MAX_TRACKS + 1);

      TrackStatistics tracks = onlyWindow(stream).getTracks();
      assertThat(tracks.getExact()).isFalse();
      // The relative standard error of a theta sketch of 1,000 is 3.2 %.
      assertThat((double) tracks.getDistinct()).isCloseTo(people, within(0.1 * people));
      assertThat(tracks.getVisibleSeconds()).isCloseTo(people / 2.0, within(0.05 * people));
      assertThat(tracks.getShares().get("SAD")).isCloseTo(0.7 / 3 + 0.05 * 2 / 3, within(0.03));
    }
  }

  @Test
  void correctsTheCountsByTheModelsConfusion() {
    // Of the truly sad it takes half for happy: three happy and one sad seen are two and two.
    long[][] confusion = diagonal(1_000_000);
    confusion[SAD.ordinal()][SAD.ordinal()] = 500_000;
    confusion[SAD.ordinal()][HAPPY.ordinal()] = 500_000;
    Calibration calibration = Calibration.of(1, 0, "none", confusion, "validation");
    try (StreamDriver stream = StreamDriver.calibrated(calibration, MINUTE)) {
      for (int i = 0; i < 3000; i++) {
        stream.see("lobby", i % 4 == 0 ? SAD : HAPPY, NOON.plusMillis(i));
      }

      EmotionDistribution window = onlyWindow(stream);
      assertThat(window.getCounts()).containsEntry("SAD", 750L);
      CorrectedShare sad = corrected(window, "SAD");
      assertThat(sad.getShare()).isCloseTo(0.5, within(0.01));
      assertThat(sad.getLow()).isBetween(0.4, 0.5);
      assertThat(sad.getHigh()).isBetween(0.5, 0.6);
      assertThat(
              window.getCorrectedShares().values().stream()
                  .mapToDouble(CorrectedShare::getShare)
                  .sum())
          .isEqualTo(1, within(1e-9));
    }
  }

  @Test
  void isLessSureWhereTheSameFewPeopleAreCountedOften() {
    Calibration calibration = calibration(0);
    try (StreamDriver crowd = StreamDriver.calibrated(calibration, MINUTE);
        StreamDriver starers = StreamDriver.calibrated(calibration, MINUTE)) {
      for (int i = 0; i < 400; i++) {
        Emotion emotion = i % 2 == 0 ? SAD : HAPPY;
        see(crowd, "t" + i, emotion, NOON.plusMillis(i));
        see(starers, "t" + i % 4, emotion, NOON.plusMillis(i));
      }

      assertThat(width(onlyWindow(starers), "SAD"))
          .isGreaterThan(2 * width(onlyWindow(crowd), "SAD"));
    }
  }

  private static double width(EmotionDistribution window, String emotion) {
    CorrectedShare share = corrected(window, emotion);
    return share.getHigh() - share.getLow();
  }

  private static CorrectedShare corrected(EmotionDistribution window, String emotion) {
    return requireNonNull(window.getCorrectedShares().get(emotion));
  }

  private static Calibration calibration(double uncertainBelow) {
    return Calibration.of(1, uncertainBelow, "test", diagonal(100), "validation");
  }

  private static long[][] diagonal(long count) {
    long[][] confusion = new long[7][7];
    for (int label = 0; label < 7; label++) {
      confusion[label][label] = count;
    }
    return confusion;
  }

  private static void see(StreamDriver stream, String track, Emotion emotion, Instant time) {
    stream.send(Faces.frame("lobby", time).showing(emotion).tracked(track).build());
  }

  private static EmotionDistribution onlyWindow(StreamDriver stream) {
    stream.send(Faces.end("lobby", NOON));
    return stream.distributions.readValuesToList().get(0);
  }
}
