// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.ingest.source.FaceCrop;
import io.emotionstream.schemas.CameraHeartbeat;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.FaceFrame;
import io.emotionstream.schemas.FaceImage;
import io.emotionstream.schemas.ImageEncoding;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CameraTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final FaceImage IMAGE =
      new FaceImage(ImageEncoding.GRAY8, 1, 1, ByteBuffer.wrap(new byte[] {9}));
  private static final FaceCrop CROP = new FaceCrop(IMAGE, Optional.of(Emotion.HAPPY));

  private Instant now = NOON;
  private final Camera camera = new Camera("cam-1", "mi0w", () -> now);

  @Test
  void framesCarryTheCropAndItsPlace() {
    FaceFrame first = camera.capture(CROP);
    FaceFrame second = camera.capture(new FaceCrop(IMAGE, Optional.empty()));

    assertThat(first.getCameraId()).isEqualTo("cam-1");
    assertThat(first.getSequence()).isZero();
    assertThat(first.getImage()).isEqualTo(IMAGE);
    assertThat(first.getLabel()).isEqualTo(Emotion.HAPPY);
    assertThat(first.getCapturedAt()).isEqualTo(NOON);
    assertThat(second.getSequence()).isEqualTo(1);
    assertThat(second.getLabel()).isNull();
  }

  @Test
  void frameIdsDifferOverRunsAndCameras() {
    String id = camera.capture(CROP).getFrameId();
    Camera nextRun = new Camera("cam-1", "mi0x", () -> now);
    Camera other = new Camera("cam-2", "mi0w", () -> now);

    assertThat(id).isEqualTo("cam-1-mi0w-0");
    assertThat(nextRun.capture(CROP).getFrameId()).isNotEqualTo(id);
    assertThat(other.capture(CROP).getFrameId()).isNotEqualTo(id);
    assertThat(camera.capture(CROP).getFrameId()).isNotEqualTo(id);
  }

  @Test
  void timesIncreaseWhileTheClockStandsStillOrIsSetBack() {
    Instant first = camera.capture(CROP).getCapturedAt();
    CameraHeartbeat heartbeat = camera.heartbeat(false);
    now = NOON.minusSeconds(5);
    Instant second = camera.capture(CROP).getCapturedAt();

    assertThat(heartbeat.getObservedAt()).isEqualTo(first.plusNanos(1000));
    assertThat(second).isEqualTo(first.plusNanos(2000));
  }

  @Test
  void timesAreWholeMicroseconds() {
    now = NOON.plusNanos(1_234_567);

    assertThat(camera.capture(CROP).getCapturedAt()).isEqualTo(NOON.plusNanos(1_234_000));
  }
}
