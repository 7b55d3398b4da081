// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionEvent;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** {@code emotion_events}: one row for each classified frame. */
final class EventTable implements RowTable<EmotionEvent> {
  private static final int CLASSES = Emotion.values().length;

  record Key(String cameraId, Object capturedAt, String frameId) {
    static Key of(EmotionEvent event) {
      return new Key(event.getCameraId(), event.getCapturedAt(), event.getFrameId());
    }
  }

  @Override
  public String name() {
    return "emotion_events";
  }

  @Override
  public List<String> keyColumns() {
    return List.of("camera_id", "captured_at", "frame_id");
  }

  @Override
  public List<String> otherColumns() {
    return Stream.of(
            List.of("classified_at", "model_id", "emotion", "confidence"),
            ClassColumns.all(ClassColumns::of),
            List.of("track_id", "label", "uncertain"))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public Object key(EmotionEvent event) {
    return Key.of(event);
  }

  @Override
  public void check(EmotionEvent event) {
    CaptureTimes.check("capturedAt", event.getCapturedAt());
    int probabilities = event.getProbabilities().size();
    if (probabilities != CLASSES) {
      throw new IllegalArgumentException(
          "probabilities must be %d, were %d".formatted(CLASSES, probabilities));
    }
  }

  @Override
  public void bind(Parameters parameters, EmotionEvent event) throws SQLException {
    parameters
        .text(event.getCameraId())
        .time(event.getCapturedAt())
        .text(event.getFrameId())
        .time(event.getClassifiedAt())
        .text(event.getModelId())
        .emotion(event.getEmotion())
        .real(event.getConfidence());
    for (float probability : event.getProbabilities()) {
      parameters.real(probability);
    }
    parameters
        .text(event.getTrackId())
        .emotion(event.getLabel())
        .optionalTruth(event.getUncertain());
  }
}
