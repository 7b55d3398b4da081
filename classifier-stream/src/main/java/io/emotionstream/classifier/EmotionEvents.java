// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.model.Emotions;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.FaceFrame;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes events from frames and the network's answers. */
final class EmotionEvents {
  private EmotionEvents() {}

  /**
   * Returns the event for {@code frame}; its emotion is the top-1 class.
   *
   * @param probabilities one for each class, in label order
   */
  static EmotionEvent create(
      FaceFrame frame, float[] probabilities, String modelId, Instant classifiedAt) {
    Emotion emotion = Emotions.top1(probabilities);
    return EmotionEvent.newBuilder()
        .setFrameId(frame.getFrameId())
        .setCameraId(frame.getCameraId())
        .setCapturedAt(frame.getCapturedAt())
        .setClassifiedAt(classifiedAt)
        .setModelId(modelId)
        .setEmotion(emotion)
        .setConfidence(probabilities[emotion.ordinal()])
        .setProbabilities(box(probabilities))
        .setTrackId(frame.getTrackId())
        .setLabel(frame.getLabel())
        .build();
  }

  private static List<Float> box(float[] values) {
    List<Float> boxed = new ArrayList<>(values.length);
    for (float value : values) {
      boxed.add(value);
    }
    return boxed;
  }
}
