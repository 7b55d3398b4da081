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

  static {
    AvroSerde.of(EmotionEvent.class); // makes Avro trust our records, which copying them needs
  }

  private Samples() {}

  static List<SpecificRecord> all() {
    return List.of(frame(), heartbeat(), event(), distribution(), deadLetter(), modelChoice());
  }

  /** What the records of release 0.1 are read as. */
  static List<SpecificRecord> of01() {
    return List.of(frame(), heartbeat(), event01(), distribution01(), deadLetter());
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
    return EmotionEvent.newBuilder(event01())
        .setUncertain(true)
        .setMissedWindows(List.of(new MissedWindows(60_000L, 10_000L, 2)))
        .build();
  }

  private static EmotionEvent event01() {
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
    Map<String, Double> weighted = new LinkedHashMap<>();
    Map<String, Double> shares = new LinkedHashMap<>();
    Map<String, CorrectedShare> corrected = new LinkedHashMap<>();
    for (Emotion emotion : Emotion.values()) {
      double share = emotion.ordinal() / 21.0;
      weighted.put(emotion.name(), emotion.ordinal() * 0.75);
      shares.put(emotion.name(), share);
      corrected.put(emotion.name(), new CorrectedShare(share, share / 2, share * 2));
    }
    return EmotionDistribution.newBuilder(distribution01())
        .setWindowSizeMillis(10_000)
        .setWindowAdvanceMillis(5_000)
        .setClosedBy(WindowClosing.IDLE)
        .setHeartbeats(3)
        .setMissedFaces(1)
        .setConfidenceWeightedCounts(weighted)
        .setUncertainFaces(4L)
        .setTracks(new TrackStatistics(6L, false, 2L, shares, shares, 12.5))
        .setCorrectedShares(corrected)
        .build();
  }

  private static EmotionDistribution distribution01() {
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

  static ModelChoice modelChoice() {
    return new ModelChoice("file:///models/new.emotion", "0123456789abcdef".repeat(4), NOON);
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
