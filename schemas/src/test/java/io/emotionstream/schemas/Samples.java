// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.schemas;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** One fixed record of each type, every optional field set: what the golden bytes hold. */
final class Samples {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");

  private Samples() {}

  static List<SpecificRecord> all() {
    return List.of(frame(), heartbeat(), event(), distribution(), deadLetter());
  }

  static FaceFrame frame() {
    return FaceFrame.newBuilder()
        .setFrameId("lobby-mi0w-7")
        .setCameraId("lobby")
        .setSequence(7)
        .setCapturedAt(NOON)
        .setImage(new FaceImage(ImageEncoding.GRAY8, 2, 1, ByteBuffer.wrap(new byte[] {0, -1})))
        .setBoundingBox(new BoundingBox(-3, 4, 50, 60))
        .setTrackId("t1")
        .setLabel(Emotion.SURPRISE)
        .build();
  }

  static CameraHeartbeat heartbeat() {
    return new CameraHeartbeat("lobby", NOON, true);
  }

  static EmotionEvent event() {
    return EmotionEvent.newBuilder()
        .setFrameId("lobby-mi0w-7")
        .setCameraId("lobby")
        .setCapturedAt(NOON)
        .setClassifiedAt(NOON.plusMillis(20))
        .setModelId("0123456789ab")
        .setEmotion(Emotion.HAPPY)
        .setConfidence(0.5f)
        .setProbabilities(List.of(0f, 0.125f, 0f, 0.5f, 0.25f, 0.125f, 0f))
        .setTrackId("t1")
        .setLabel(Emotion.SURPRISE)
        .build();
  }

  static EmotionDistribution distribution() {
    // An Avro map is written in its own order: the golden bytes need one that does not change.
    Map<String, Long> counts = new LinkedHashMap<>();
    Map<String, Double> means = new LinkedHashMap<>();
    for (Emotion emotion : Emotion.values()) {
      counts.put(emotion.name(), (long) emotion.ordinal());
      means.put(emotion.name(), emotion.ordinal() / 21.0);
    }
    return EmotionDistribution.newBuilder()
        .setCameraId("lobby")
        .setWindowStart(NOON)
        .setWindowEnd(NOON.plusSeconds(10))
        .setCounts(counts)
        .setTotal(21)
        .setMeanProbabilities(means)
        .setFirstFaceAt(NOON.plusSeconds(1))
        .setLastFaceAt(NOON.plusSeconds(9))
        .setModelIds(new ArrayList<>(List.of("0123456789ab")))
        .build();
  }

  static DeadLetter deadLetter() {
    return DeadLetter.newBuilder()
        .setReason(DeadLetterReason.BAD_DIMENSIONS)
        .setMessage("declared width must be between 1 and 1024 pixels, was 0")
        .setSourceTopic("face-frames")
        .setSourcePartition(3)
        .setSourceOffset(42)
        .setSourceTimestamp(NOON)
        .setFailedAt(NOON.plusMillis(20))
        .setOriginal(ByteBuffer.wrap(new byte[] {1, 2, 3}))
        .build();
  }
}
