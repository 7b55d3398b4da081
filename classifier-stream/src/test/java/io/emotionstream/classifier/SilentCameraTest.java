// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static io.emotionstream.classifier.StreamDriver.GRACE;
import static io.emotionstream.classifier.StreamDriver.IDLE;
import static io.emotionstream.classifier.StreamDriver.NOON;
import static io.emotionstream.classifier.StreamDriver.SIZE;
import static io.emotionstream.schemas.Emotion.HAPPY;
import static io.emotionstream.schemas.Emotion.SAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.WindowClosing;
import io.emotionstream.testkit.Faces;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Cameras that see nobody, and cameras that are gone. */
class SilentCameraTest {
  private static final DistributionWindow TEN_SECONDS = new DistributionWindow(SIZE, GRACE);
  private static final DistributionWindow QUARTER =
      new DistributionWindow(Duration.ofMinutes(15), GRACE);

  @AutoClose private final StreamDriver stream = StreamDriver.withWindows(TEN_SECONDS, QUARTER);

  @Test
  void tellsACameraThatSawNobodyFromOneThatIsNotThere() {
    stream.see("lobby", HAPPY, NOON);
    for (int second = 10; second < 20; second++) {
      stream.send(Faces.heartbeat("lobby", NOON.plusSeconds(second)));
    }
    stream.send(Faces.heartbeat("lobby", NOON.plusSeconds(42))); // nothing in [20, 40)

    assertThat(stream.distributions.readValuesToList())
        .allMatch(window -> window.getClosedBy() == WindowClosing.EVENT_TIME)
        .extracting(
            EmotionDistribution::getWindowStart,
            EmotionDistribution::getTotal,
            EmotionDistribution::getHeartbeats)
        .containsExactly(tuple(NOON, 1L, 0L), tuple(NOON.plusSeconds(10), 0L, 10L));
  }

  @Test
  void saysOfAnEmptyWindowOnlyWhatIsKnown() {
    stream.send(Faces.heartbeat("lobby", NOON));
    stream.send(Faces.end("lobby", NOON));

    EmotionDistribution empty = stream.distributions.readValue();
    assertThat(empty.getCounts()).hasSize(7).containsEntry("HAPPY", 0L);
    assertThat(empty.getMeanProbabilities()).isEmpty();
    assertThat(empty.getConfidenceWeightedCounts()).isEmpty();
    assertThat(empty.getFirstFaceAt()).isNull();
    assertThat(empty.getLastFaceAt()).isNull();
    assertThat(empty.getModelIds()).isEmpty();
    assertThat(empty.getCorrectedShares()).isNull();
    assertThat(empty.getTracks().getDistinct()).isZero();
    assertThat(empty.getTracks().getShares()).isEmpty();
  }

  @Test
  void writesNoEmptyWindowsWhereThatIsSwitchedOff() {
    try (StreamDriver quiet = StreamDriver.withoutEmptyWindows(TEN_SECONDS)) {
      quiet.send(Faces.heartbeat("lobby", NOON));
      quiet.see("lobby", HAPPY, NOON.plusSeconds(13));
      quiet.send(Faces.heartbeat("lobby", NOON.plusSeconds(60)));

      assertThat(quiet.windowStarts()).containsExactly(NOON.plusSeconds(10));
    }
  }

  @Test
  void closesTheWindowsOfACameraThatIsGoneAsLateAsTheIdleTimeout() {
    stream.see("lobby", HAPPY, NOON);

    stream.wait(IDLE);
    stream.wait(Duration.ofSeconds(11));
    assertThat(stream.distributions.isEmpty()).isTrue(); // its heartbeats could still be on the way
    stream.wait(Duration.ofSeconds(30));

    assertThat(stream.distributions.readValuesToList())
        .extracting(
            EmotionDistribution::getWindowStart,
            EmotionDistribution::getWindowSizeMillis,
            EmotionDistribution::getClosedBy)
        .containsExactly(tuple(NOON, 10_000L, WindowClosing.IDLE));
    assertThat(stream.total(ClassifierMetrics.WINDOWS_IDLE)).isEqualTo(1);
    stream.wait(Duration.ofMinutes(15));
    stream.wait(Duration.ofMinutes(15));
    assertThat(stream.distributions.readValuesToList())
        .extracting(EmotionDistribution::getWindowSizeMillis, EmotionDistribution::getClosedBy)
        .containsExactly(tuple(900_000L, WindowClosing.IDLE));
  }

  @Test
  void countsAFaceThatComesBackInWhatIsStillOpenAndNoWindowTwice() {
    stream.see("lobby", HAPPY, NOON);
    stream.wait(IDLE.plusSeconds(60)); // closes [0, 10), not the quarter of an hour
    stream.see("lobby", SAD, NOON.plusSeconds(5));
    stream.see("lobby", SAD, NOON.plusSeconds(360));
    stream.send(Faces.end("lobby", NOON.plusSeconds(360)));

    assertThat(stream.distributions.readValuesToList())
        .extracting(
            EmotionDistribution::getWindowStart,
            EmotionDistribution::getWindowSizeMillis,
            EmotionDistribution::getTotal,
            EmotionDistribution::getClosedBy)
        .containsExactly(
            tuple(NOON, 10_000L, 1L, WindowClosing.IDLE),
            tuple(NOON.plusSeconds(360), 10_000L, 1L, WindowClosing.CAMERA_ENDED),
            tuple(NOON, 900_000L, 3L, WindowClosing.CAMERA_ENDED));
    assertThat(stream.lateEvents.readValuesToList())
        .singleElement()
        .satisfies(
            late ->
                assertThat(late.getMissedWindows())
                    .singleElement()
                    .satisfies(
                        missed -> assertThat(missed.getWindowSizeMillis()).isEqualTo(10_000)));
  }

  @Test
  void leavesACameraAloneThatIsHeardOf() {
    stream.see("lobby", HAPPY, NOON);
    stream.see("hall", HAPPY, NOON);
    stream.wait(IDLE.minusSeconds(1));
    stream.send(Faces.heartbeat("lobby", NOON.plusSeconds(1)));
    stream.wait(Duration.ofSeconds(60));

    assertThat(stream.distributions.readValuesToList())
        .extracting(EmotionDistribution::getCameraId)
        .containsExactly("hall");
  }

  @Test
  void forgetsACameraWhoseWindowsAreAllClosed() {
    stream.see("lobby", HAPPY, NOON);
    stream.send(Faces.end("lobby", NOON));
    stream.distributions.readValuesToList();
    stream.wait(Duration.ofHours(2));

    assertThat(stream.distributions.isEmpty()).isTrue();
  }
}
