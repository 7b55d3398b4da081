// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import io.emotionstream.schemas.EmotionEvent;
import java.sql.SQLException;
import java.util.List;

/** {@code emotion_late_events}: the faces that some window does not count. */
final class LateEventTable implements RowTable<EmotionEvent> {
  @Override
  public String name() {
    return "emotion_late_events";
  }

  @Override
  public List<String> keyColumns() {
    return List.of("camera_id", "captured_at", "frame_id");
  }

  @Override
  public List<String> otherColumns() {
    return List.of("emotion", "model_id");
  }

  @Override
  public Object key(EmotionEvent event) {
    return EventTable.Key.of(event);
  }

  @Override
  public void check(EmotionEvent event) {
    CaptureTimes.check("capturedAt", event.getCapturedAt());
  }

  @Override
  public void bind(Parameters parameters, EmotionEvent event) throws SQLException {
    parameters
        .text(event.getCameraId())
        .time(event.getCapturedAt())
        .text(event.getFrameId())
        .emotion(event.getEmotion())
        .text(event.getModelId());
  }
}
