// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static io.emotionstream.classifier.StreamDriver.LATENCY;
import static io.emotionstream.classifier.StreamDriver.NOON;
import static io.emotionstream.classifier.StreamDriver.encoded;
import static io.emotionstream.schemas.Emotion.ANGRY;
import static io.emotionstream.schemas.Emotion.FEAR;
import static io.emotionstream.schemas.Emotion.HAPPY;
import static io.emotionstream.schemas.Emotion.SAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.FaceFrame;
import io.emotionstream.schemas.ImageEncoding;
import io.emotionstream.testkit.Faces;
import io.emotionstream.testkit.FixedAnswerClassifier;
import java.time.Duration;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class BatchingTest {
  @AutoClose private final StreamDriver stream = StreamDriver.withBatchesOf(3);

  @Test
  void answersNothingWhileABatchFills() {
    stream.see("lobby", HAPPY, NOON);
    stream.see("hall", SAD, NOON);

    assertThat(stream.events.isEmpty()).isTrue();
    assertThat(stream.waiting()).isEqualTo(2);
  }

  @Test
  void answersAFullBatchAtOnceInOrderAcrossCameras() {
    stream.see("lobby", HAPPY, NOON);
    stream.see("hall", SAD, NOON.plusSeconds(1));
    stream.see("lobby", ANGRY, NOON.plusSeconds(2));
    stream.see("lobby", FEAR, NOON.plusSeconds(3));

    assertThat(stream.events.readValuesToList())
        .extracting(EmotionEvent::getEmotion)
        .containsExactly(HAPPY, SAD, ANGRY);
    assertThat(stream.classifier.batchSizes()).containsExactly(3);
    assertThat(stream.waiting()).isEqualTo(1);
  }

  @Test
  void answersAnUnfilledBatchWhenItsLatencyIsOver() {
    stream.see("lobby", HAPPY, NOON);
    stream.see("lobby", SAD, NOON);

    stream.wait(LATENCY.minusMillis(1));
    assertThat(stream.events.isEmpty()).isTrue();
    stream.wait(Duration.ofMillis(1));

    assertThat(stream.events.readValuesToList())
        .extracting(EmotionEvent::getEmotion)
        .containsExactly(HAPPY, SAD);
    assertThat(stream.classifier.batchSizes()).containsExactly(2);
  }

  @Test
  void waitsForMoreWhileFramesKeepComingButNoLongerThanAllowed() {
    try (StreamDriver large = StreamDriver.withBatchesOf(32)) {
      large.see("lobby", HAPPY, NOON);
      for (int i = 0; i < 6; i++) { // the last after 24 ms
        large.wait(LATENCY.minusMillis(1));
        large.see("lobby", HAPPY, NOON);
      }
      assertThat(large.classifier.batchSizes()).isEmpty();
      large.wait(Duration.ofMillis(1));

      assertThat(large.classifier.batchSizes()).containsExactly(7);
    }
  }

  @Test
  void armsTheTimerAnewForEachBatch() {
    stream.see("lobby", HAPPY, NOON);
    stream.wait(LATENCY.minusMillis(1));
    stream.see("lobby", HAPPY, NOON);
    stream.see("lobby", HAPPY, NOON); // full: answered, and its timer is off
    stream.see("lobby", SAD, NOON);

    stream.wait(LATENCY.minusMillis(1));
    assertThat(stream.classifier.batchSizes()).containsExactly(3);
    stream.wait(Duration.ofMillis(1));

    assertThat(stream.classifier.batchSizes()).containsExactly(3, 1);
  }

  @Test
  void keepsWaitingFramesInSlotsAndFreesThem() {
    stream.see("lobby", HAPPY, NOON);
    stream.see("lobby", SAD, NOON);

    assertThat(stream.waitingFrames().get(0)).isNotNull();
    assertThat(stream.waitingFrames().get(1)).isNotNull();
    stream.settle();

    assertThat(stream.waitingFrames().approximateNumEntries()).isZero();
  }

  @Test
  void classifiesOneByOneWhereABatchIsOne() {
    try (StreamDriver single = StreamDriver.withBatchesOf(1)) {
      single.see("lobby", HAPPY, NOON);
      single.see("lobby", SAD, NOON);

      assertThat(single.events.readValuesToList())
          .extracting(EmotionEvent::getEmotion)
          .containsExactly(HAPPY, SAD);
      assertThat(single.classifier.batchSizes()).containsExactly(1, 1);
    }
  }

  @Test
  void givesEachEventItsOwnFramesKeyTimeAndHeaders() {
    FaceFrame lobby = Faces.frame("lobby", NOON).showing(HAPPY).build();
    FaceFrame hall = Faces.frame("hall", NOON.plusMillis(7)).showing(SAD).build();
    Headers headers = new RecordHeaders().add("trace", new byte[] {7});

    stream.send("lobby", encoded(lobby), NOON, headers);
    stream.send("hall", encoded(hall), NOON.plusSeconds(3), new RecordHeaders());
    stream.settle();

    TestRecord<String, EmotionEvent> first = stream.events.readRecord();
    assertThat(first.key()).isEqualTo("lobby");
    assertThat(first.getRecordTime()).isEqualTo(NOON);
    assertThat(first.headers()).isEqualTo(headers);
    TestRecord<String, EmotionEvent> second = stream.events.readRecord();
    assertThat(second.key()).isEqualTo("hall");
    assertThat(second.getRecordTime()).isEqualTo(NOON.plusMillis(7)); // capture time, not ours
    assertThat(second.headers()).isEmpty();
  }

  @Test
  void tellsWhatTheFrameAndTheModelSaid() {
    FaceFrame frame =
        stream.send(
            Faces.frame("lobby", NOON.plusNanos(123_456_000))
                .showing(HAPPY)
                .encodedAs(ImageEncoding.PNG)
                .sized(64, 50)
                .tracked("t-7")
                .labelled(SAD)
                .build());
    stream.settle();

    EmotionEvent event = stream.events.readValue();
    assertThat(event.getFrameId()).isEqualTo(frame.getFrameId());
    assertThat(event.getCameraId()).isEqualTo("lobby");
    assertThat(event.getCapturedAt()).isEqualTo(NOON.plusNanos(123_456_000));
    assertThat(event.getClassifiedAt()).isEqualTo(NOON.plus(LATENCY));
    assertThat(event.getModelId()).isEqualTo(FixedAnswerClassifier.MODEL_ID);
    assertThat(event.getEmotion()).isEqualTo(HAPPY);
    assertThat(event.getConfidence()).isEqualTo(0.7f, within(1e-6f));
    assertThat(event.getProbabilities()).hasSize(7).contains(0.7f);
    assertThat(event.getTrackId()).isEqualTo("t-7");
    assertThat(event.getLabel()).isEqualTo(SAD);
  }

  @Test
  void keepsAHeartbeatBehindTheFacesThatCameBeforeIt() {
    stream.see("lobby", HAPPY, NOON.plusSeconds(5));
    stream.send(Faces.heartbeat("lobby", NOON.plusSeconds(30)));
    stream.settle();

    assertThat(stream.distributions.readValue().getTotal()).isEqualTo(1);
    assertThat(stream.lateEvents.isEmpty()).isTrue();
  }

  @Test
  void countsEveryOutcome() {
    stream.see("lobby", HAPPY, NOON);
    stream.send("lobby", null, NOON, new RecordHeaders());
    stream.see("lobby", HAPPY, NOON.plusSeconds(30));
    stream.see("lobby", HAPPY, NOON); // late
    stream.send(Faces.heartbeat("lobby", NOON.plusSeconds(60)));
    stream.see("lobby", HAPPY, NOON.plusSeconds(61));

    assertThat(stream.total(ClassifierMetrics.RECEIVED)).isEqualTo(6);
    assertThat(stream.total(ClassifierMetrics.CLASSIFIED)).isEqualTo(3);
    assertThat(stream.total(ClassifierMetrics.DEAD_LETTERED)).isEqualTo(1);
    assertThat(stream.total("dead-lettered-no-value")).isEqualTo(1);
    assertThat(stream.total(ClassifierMetrics.HEARTBEATS)).isEqualTo(1);
    assertThat(stream.waiting()).isEqualTo(1);
    assertThat(stream.total(ClassifierMetrics.WINDOWED)).isEqualTo(2);
    assertThat(stream.total(ClassifierMetrics.LATE)).isEqualTo(1);
    assertThat(stream.total(ClassifierMetrics.WINDOWS_CLOSED)).isEqualTo(2);
    assertThat(stream.total(ClassifierMetrics.BATCHES)).isEqualTo(1);
  }
}
