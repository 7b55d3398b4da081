// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import static java.util.Objects.requireNonNull;

import io.emotionstream.schemas.CorrectedShare;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.TrackStatistics;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code emotion_distributions}: one row for each camera, size, advance and window. */
final class DistributionTable implements RowTable<EmotionDistribution> {
  private static final Set<String> CLASSES =
      Stream.of(Emotion.values()).map(Emotion::name).collect(Collectors.toUnmodifiableSet());

  private record Key(String cameraId, long size, long advance, Instant windowStart) {}

  @Override
  public String name() {
    return "emotion_distributions";
  }

  @Override
  public List<String> keyColumns() {
    return List.of("camera_id", "window_size_ms", "window_advance_ms", "window_start");
  }

  @Override
  public List<String> otherColumns() {
    return Stream.of(
            List.of("window_end"),
            ClassColumns.all(ClassColumns::of),
            List.of("total"),
            ClassColumns.all(ClassColumns::meanOf),
            List.of("first_face_at", "last_face_at", "model_ids"),
            List.of("closed_by", "heartbeats", "missed_faces", "uncertain_faces"),
            ClassColumns.all(ClassColumns::weightedOf),
            List.of("tracks", "tracks_exact", "untracked_faces", "visible_seconds"),
            ClassColumns.all(ClassColumns::trackShareOf),
            ClassColumns.all(ClassColumns::timeShareOf),
            Stream.of(Emotion.values())
                .map(ClassColumns::correctedOf)
                .flatMap(column -> Stream.of(column, column + "_low", column + "_high"))
                .toList())
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public Object key(EmotionDistribution window) {
    return new Key(
        window.getCameraId(), sizeOf(window), advanceOf(window), window.getWindowStart());
  }

  @Override
  public void check(EmotionDistribution window) {
    checkClasses("counts", window.getCounts());
    checkClassesIfAny("meanProbabilities", window.getMeanProbabilities());
    checkClassesIfAny("confidenceWeightedCounts", window.getConfidenceWeightedCounts());
    TrackStatistics tracks = window.getTracks();
    if (tracks != null) {
      checkClassesIfAny("tracks.shares", tracks.getShares());
      checkClassesIfAny("tracks.timeShares", tracks.getTimeShares());
    }
    Map<String, CorrectedShare> corrected = window.getCorrectedShares();
    if (corrected != null) {
      checkClasses("correctedShares", corrected);
    }
    CaptureTimes.check("windowStart", window.getWindowStart());
  }

  @Override
  public void bind(Parameters parameters, EmotionDistribution window) throws SQLException {
    parameters
        .text(window.getCameraId())
        .integer(sizeOf(window))
        .integer(advanceOf(window))
        .time(window.getWindowStart())
        .time(window.getWindowEnd());
    for (Emotion emotion : Emotion.values()) {
      parameters.integer(requireNonNull(window.getCounts().get(emotion.name())));
    }
    parameters.integer(window.getTotal());
    bindAll(parameters, window.getMeanProbabilities());
    parameters
        .time(window.getFirstFaceAt())
        .time(window.getLastFaceAt())
        .texts(window.getModelIds())
        .text(window.getClosedBy().name().toLowerCase(Locale.ROOT))
        .integer(window.getHeartbeats())
        .integer(window.getMissedFaces())
        .optionalInteger(window.getUncertainFaces());
    bindAll(parameters, window.getConfidenceWeightedCounts());
    bindTracks(parameters, window.getTracks());
    bindCorrected(parameters, window.getCorrectedShares());
  }

  private static void bindTracks(Parameters parameters, @Nullable TrackStatistics tracks)
      throws SQLException {
    parameters
        .optionalInteger(tracks == null ? null : tracks.getDistinct())
        .optionalTruth(tracks == null ? null : tracks.getExact())
        .optionalInteger(tracks == null ? null : tracks.getUntracked())
        .optionalReal(tracks == null ? null : tracks.getVisibleSeconds());
    bindAll(parameters, tracks == null ? Map.of() : tracks.getShares());
    bindAll(parameters, tracks == null ? Map.of() : tracks.getTimeShares());
  }

  private static void bindCorrected(
      Parameters parameters, @Nullable Map<String, CorrectedShare> corrected) throws SQLException {
    for (Emotion emotion : Emotion.values()) {
      CorrectedShare share = corrected == null ? null : corrected.get(emotion.name());
      parameters
          .optionalReal(share == null ? null : share.getShare())
          .optionalReal(share == null ? null : share.getLow())
          .optionalReal(share == null ? null : share.getHigh());
    }
  }

  /** Binds a value for each class; an empty map has none, which is null. */
  private static void bindAll(Parameters parameters, Map<String, Double> byClass)
      throws SQLException {
    for (Emotion emotion : Emotion.values()) {
      parameters.optionalReal(byClass.get(emotion.name()));
    }
  }

  /** Records of release 0.1 do not name it. */
  private static long sizeOf(EmotionDistribution window) {
    return window.getWindowSizeMillis() > 0
        ? window.getWindowSizeMillis()
        : Duration.between(window.getWindowStart(), window.getWindowEnd()).toMillis();
  }

  /** Windows of release 0.1 were tumbling. */
  private static long advanceOf(EmotionDistribution window) {
    return window.getWindowAdvanceMillis() > 0 ? window.getWindowAdvanceMillis() : sizeOf(window);
  }

  private static void checkClassesIfAny(String field, Map<String, ?> byClass) {
    if (!byClass.isEmpty()) {
      checkClasses(field, byClass);
    }
  }

  private static void checkClasses(String field, Map<String, ?> byClass) {
    if (!byClass.keySet().equals(CLASSES)) {
      throw new IllegalArgumentException(
          "%s must have the classes %s, had %s"
              .formatted(field, new TreeSet<>(CLASSES), new TreeSet<>(byClass.keySet())));
    }
  }
}
