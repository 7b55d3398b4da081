// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import static java.util.Objects.requireNonNull;

import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionDistribution;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code emotion_distributions}: one row for each camera and window. */
final class DistributionTable implements RowTable<EmotionDistribution> {
  private static final Set<String> CLASSES =
      Stream.of(Emotion.values()).map(Emotion::name).collect(Collectors.toUnmodifiableSet());

  private record Key(String cameraId, Instant windowStart, Instant windowEnd) {}

  @Override
  public String name() {
    return "emotion_distributions";
  }

  @Override
  public List<String> keyColumns() {
    return List.of("camera_id", "window_start", "window_end");
  }

  @Override
  public List<String> otherColumns() {
    return Stream.of(
            ClassColumns.all(ClassColumns::of),
            List.of("total"),
            ClassColumns.all(ClassColumns::meanOf),
            List.of("first_face_at", "last_face_at", "model_ids"))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public Object key(EmotionDistribution window) {
    return new Key(window.getCameraId(), window.getWindowStart(), window.getWindowEnd());
  }

  @Override
  public void check(EmotionDistribution window) {
    checkClasses("counts", window.getCounts());
    checkClasses("meanProbabilities", window.getMeanProbabilities());
    CaptureTimes.check("windowStart", window.getWindowStart());
  }

  @Override
  public void bind(Parameters parameters, EmotionDistribution window) throws SQLException {
    parameters.text(window.getCameraId()).time(window.getWindowStart()).time(window.getWindowEnd());
    for (Emotion emotion : Emotion.values()) {
      parameters.integer(requireNonNull(window.getCounts().get(emotion.name())));
    }
    parameters.integer(window.getTotal());
    for (Emotion emotion : Emotion.values()) {
      parameters.real(requireNonNull(window.getMeanProbabilities().get(emotion.name())));
    }
    parameters
        .time(window.getFirstFaceAt())
        .time(window.getLastFaceAt())
        .texts(window.getModelIds());
  }

  private static void checkClasses(String field, Map<String, ?> byClass) {
    if (!byClass.keySet().equals(CLASSES)) {
      throw new IllegalArgumentException(
          "%s must have the classes %s, had %s"
              .formatted(field, new TreeSet<>(CLASSES), new TreeSet<>(byClass.keySet())));
    }
  }
}
