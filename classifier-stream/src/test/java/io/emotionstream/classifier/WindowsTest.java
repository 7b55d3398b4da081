// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static io.emotionstream.classifier.StreamDriver.NOON;
import static io.emotionstream.classifier.StreamDriver.SIZE;
import static io.emotionstream.schemas.Emotion.ANGRY;
import static io.emotionstream.schemas.Emotion.HAPPY;
import static io.emotionstream.schemas.Emotion.SAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.FaceFrame;
import io.emotionstream.schemas.MissedWindows;
import io.emotionstream.testkit.Faces;
import io.emotionstream.testkit.FixedAnswerClassifier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class WindowsTest {
  @AutoClose private final StreamDriver stream = StreamDriver.withBatchesOf(1);

  @Test
  void emitsNothingWhileTheWindowIsOpen() {
    stream.see("lobby", HAPPY, NOON);
    stream.see("lobby", HAPPY, NOON.plusSeconds(11).plusMillis(999)); // within grace

    assertThat(stream.distributions.isEmpty()).isTrue();
  }

  @Test
  void emitsTheFinalDistributionOfAWindow() {
    stream.see("lobby", HAPPY, NOON.plusMillis(1));
    stream.see("lobby", SAD, NOON.plusSeconds(9));
    stream.see("lobby", HAPPY, NOON.plusSeconds(4));
    stream.see("lobby", ANGRY, NOON.plusSeconds(12));

    TestRecord<String, EmotionDistribution> record = stream.distributions.readRecord();
    assertThat(record.key()).isEqualTo("lobby");
    assertThat(record.getRecordTime()).isEqualTo(NOON.plus(SIZE));
    EmotionDistribution first = record.value();
    assertThat(first.getCameraId()).isEqualTo("lobby");
    assertThat(first.getWindowStart()).isEqualTo(NOON);
    assertThat(first.getWindowEnd()).isEqualTo(NOON.plus(SIZE));
    assertThat(first.getCounts())
        .hasSize(7)
        .containsEntry("HAPPY", 2L)
        .containsEntry("SAD", 1L)
        .containsEntry("ANGRY", 0L);
    assertThat(first.getTotal()).isEqualTo(3);
    assertThat(first.getMeanProbabilities()).hasSize(7);
    assertThat(first.getMeanProbabilities().get("HAPPY"))
        .isEqualTo((0.7 + 0.7 + 0.05) / 3, within(1e-6));
    assertThat(first.getFirstFaceAt()).isEqualTo(NOON.plusMillis(1));
    assertThat(first.getLastFaceAt()).isEqualTo(NOON.plusSeconds(9));
    assertThat(first.getModelIds()).containsExactly(FixedAnswerClassifier.MODEL_ID);
    assertThat(stream.distributions.isEmpty()).isTrue();
  }

  @Test
  void countsAFaceInTheWindowThatStartsWithIt() {
    stream.see("lobby", HAPPY, NOON.plus(SIZE));
    stream.see("lobby", HAPPY, NOON.plus(SIZE).minusNanos(1000));
    stream.see("lobby", HAPPY, NOON.plusSeconds(40));

    assertThat(stream.distributions.readValuesToList())
        .extracting(EmotionDistribution::getWindowStart, EmotionDistribution::getTotal)
        .containsExactly(tuple(NOON, 1L), tuple(NOON.plus(SIZE), 1L));
  }

  @Test
  void countsOutOfOrderFacesWithinGraceAndSetsLaterOnesAside() {
    stream.see("lobby", HAPPY, NOON);
    stream.see("lobby", SAD, NOON.plusSeconds(11));
    stream.see("lobby", HAPPY, NOON.plusSeconds(3)); // out of order, within grace
    stream.see("lobby", SAD, NOON.plusSeconds(12)); // closes
    FaceFrame late = stream.see("lobby", ANGRY, NOON.plusSeconds(4));

    EmotionDistribution first = stream.distributions.readValue();
    assertThat(first.getCounts()).containsEntry("HAPPY", 2L).containsEntry("ANGRY", 0L);
    TestRecord<String, EmotionEvent> setAside = stream.lateEvents.readRecord();
    assertThat(setAside.key()).isEqualTo("lobby");
    assertThat(setAside.getRecordTime()).isEqualTo(NOON.plusSeconds(4));
    assertThat(setAside.value().getFrameId()).isEqualTo(late.getFrameId());
    assertThat(setAside.value().getMissedWindows())
        .containsExactly(new MissedWindows(SIZE.toMillis(), SIZE.toMillis(), 1));
    assertThat(stream.lateEvents.isEmpty()).isTrue();
    assertThat(stream.events.readValuesToList())
        .hasSize(5)
        .allMatch(event -> event.getMissedWindows() == null)
        .anyMatch(event -> event.getFrameId().equals(late.getFrameId()));
  }

  @Test
  void keepsTwoCamerasApartWhoseClocksAreAnHourApart() {
    Instant ahead = NOON.plus(Duration.ofHours(1));
    for (int second = 0; second < 60; second++) {
      stream.see("hall", SAD, ahead.plusSeconds(second));
      stream.see("lobby", HAPPY, NOON.plusSeconds(second));
    }
    stream.send(Faces.end("hall", ahead.plusSeconds(60)));
    stream.send(Faces.end("lobby", NOON.plusSeconds(60)));

    List<EmotionDistribution> all = stream.distributions.readValuesToList();
    assertThat(windowsOf("hall", all)).hasSize(6).allMatch(window -> counts(window, "SAD", 10));
    assertThat(windowsOf("lobby", all)).hasSize(6).allMatch(window -> counts(window, "HAPPY", 10));
    assertThat(stream.lateEvents.isEmpty()).isTrue();
  }

  @Test
  void closesTheWindowOfASilentCameraAtItsHeartbeat() {
    stream.see("lobby", HAPPY, NOON);
    stream.send(Faces.heartbeat("hall", NOON.plusSeconds(12))); // another camera's
    stream.send(Faces.heartbeat("lobby", NOON.plusSeconds(12).minusMillis(1)));
    assertThat(stream.distributions.isEmpty()).isTrue();

    stream.send(Faces.heartbeat("lobby", NOON.plusSeconds(12)));
    stream.send(Faces.heartbeat("lobby", NOON.plusSeconds(19)));

    assertThat(stream.windowStarts()).containsExactly(NOON);
  }

  @Test
  void setsAFaceAsideWhoseWindowAHeartbeatMadeFinalThoughItWasEmpty() {
    stream.send(Faces.heartbeat("lobby", NOON.plusSeconds(12)));
    stream.see("lobby", HAPPY, NOON);
    stream.send(Faces.heartbeat("lobby", NOON.plusSeconds(60)));

    assertThat(stream.lateEvents.readValuesToList()).hasSize(1);
    assertThat(stream.distributions.readValuesToList())
        .extracting(EmotionDistribution::getWindowStart, EmotionDistribution::getTotal)
        .containsExactly(tuple(NOON.plus(SIZE), 0L));
  }

  @Test
  void closesEveryWindowOnceWhenACameraEnds() {
    stream.see("lobby", HAPPY, NOON.plusSeconds(11));
    stream.see("lobby", HAPPY, NOON);
    stream.send(Faces.end("lobby", NOON.plusSeconds(11)));
    stream.send(Faces.end("lobby", NOON.plusSeconds(11)));

    assertThat(stream.windowStarts()).containsExactly(NOON, NOON.plus(SIZE));
  }

  @Test
  void neverOpensAClosedWindowAgainButGoesOnWithTheNext() {
    stream.see("lobby", HAPPY, NOON);
    stream.send(Faces.end("lobby", NOON.plusSeconds(1)));
    stream.see("lobby", HAPPY, NOON.plusSeconds(2)); // its window is stored already
    stream.see("lobby", SAD, NOON.plusSeconds(10));
    stream.send(Faces.end("lobby", NOON.plusSeconds(11)));

    assertThat(stream.windowStarts()).containsExactly(NOON, NOON.plus(SIZE));
    assertThat(stream.lateEvents.readValuesToList()).hasSize(1);
  }

  @Test
  void closesSeveralWindowsInOrderAfterAGap() {
    stream.see("lobby", HAPPY, NOON.plusSeconds(11));
    stream.see("lobby", HAPPY, NOON.plusSeconds(9));
    stream.see("lobby", HAPPY, NOON.plusSeconds(3600));

    assertThat(stream.windowStarts()).containsExactly(NOON, NOON.plus(SIZE));
  }

  private static List<EmotionDistribution> windowsOf(
      String cameraId, List<EmotionDistribution> all) {
    return all.stream().filter(window -> window.getCameraId().equals(cameraId)).toList();
  }

  private static boolean counts(EmotionDistribution window, String emotion, long faces) {
    return window.getTotal() == faces
        && Long.valueOf(faces).equals(window.getCounts().get(emotion));
  }
}
