// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emotionstream.model.Emotions;
import io.emotionstream.model.FaceDecoder;
import io.emotionstream.model.InvalidFaceException;
import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.BoundingBox;
import io.emotionstream.schemas.CameraHeartbeat;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.FaceFrame;
import io.emotionstream.schemas.ImageEncoding;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FacesTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456789Z");

  @ParameterizedTest
  @CsvSource({"GRAY8, 48, 48", "GRAY8, 31, 97", "PNG, 48, 48", "PNG, 200, 120", "JPEG, 64, 64"})
  void everyExpressionOutlivesEncodingAndSize(ImageEncoding encoding, int width, int height) {
    try (FixedAnswerClassifier classifier = new FixedAnswerClassifier()) {
      for (Emotion emotion : Emotions.ALL) {
        Faces face =
            Faces.frame("lobby", NOON)
                .showing(emotion)
                .seeded(emotion.ordinal())
                .encodedAs(encoding)
                .sized(width, height);

        float[][] answers = classifier.classify(new float[][] {face.normalized()});

        assertThat(Emotions.top1(answers[0])).isEqualTo(emotion);
      }
    }
  }

  @Test
  void theSeedDrawsThePixels() {
    float[] first = Faces.frame("lobby", NOON).seeded(1).normalized();
    float[] again = Faces.frame("lobby", NOON).seeded(1).normalized();
    float[] other = Faces.frame("lobby", NOON).seeded(2).normalized();

    assertThat(first).isEqualTo(again).isNotEqualTo(other);
    assertThat(Set.of(Arrays.hashCode(first), Arrays.hashCode(other))).hasSize(2);
  }

  @Test
  void buildsAFrameThatSurvivesTheSerde() {
    FaceFrame frame =
        Faces.frame("lobby", NOON)
            .numbered(7)
            .boxed(-1, 2, 30, 40)
            .tracked("t1")
            .labelled(Emotion.SAD)
            .build();
    AvroSerde<FaceFrame> serde = AvroSerde.of(FaceFrame.class);

    FaceFrame read = serde.decode(serde.encode(frame));

    assertThat(read).isEqualTo(frame);
    assertThat(read.getFrameId()).isEqualTo("lobby-7");
    assertThat(read.getCapturedAt()).isEqualTo("2026-11-22T12:00:00.123456Z");
    assertThat(read.getBoundingBox()).isEqualTo(new BoundingBox(-1, 2, 30, 40));
    assertThat(read.getTrackId()).isEqualTo("t1");
    assertThat(read.getLabel()).isEqualTo(Emotion.SAD);
  }

  @Test
  void framesDifferInTheirIdsUnlessToldOtherwise() {
    FaceFrame first = Faces.frame("lobby", NOON).build();
    FaceFrame second = Faces.frame("lobby", NOON).build();
    FaceFrame named = Faces.frame("lobby", NOON).withId("x").build();

    assertThat(first.getFrameId()).isNotEqualTo(second.getFrameId());
    assertThat(named.getFrameId()).isEqualTo("x");
  }

  @Test
  void buildsFramesThatCannotBeDecoded() {
    FaceDecoder decoder = new FaceDecoder(FaceDecoder.DEFAULT_MAX_SIDE);
    FaceFrame huge = Faces.frame("lobby", NOON).declaring(0, 70_000).build();
    FaceFrame damaged =
        Faces.frame("lobby", NOON).encodedAs(ImageEncoding.PNG).holding((byte) 1).build();

    assertThatThrownBy(() -> decoder.decode(huge.getImage()))
        .isInstanceOf(InvalidFaceException.class)
        .hasMessageContaining("width");
    assertThatThrownBy(() -> decoder.decode(damaged.getImage()))
        .isInstanceOf(InvalidFaceException.class)
        .hasMessageContaining("PNG");
    assertThatIllegalStateException()
        .isThrownBy(() -> Faces.frame("lobby", NOON).declaring(0, 1).normalized());
  }

  @Test
  void heartbeatsSayWhetherTheCameraEnded() {
    CameraHeartbeat alive = Faces.heartbeat("lobby", NOON);
    CameraHeartbeat last = Faces.end("lobby", NOON);

    assertThat(alive.getEnded()).isFalse();
    assertThat(last.getEnded()).isTrue();
    assertThat(last.getCameraId()).isEqualTo("lobby");
  }
}
