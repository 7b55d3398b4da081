// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.model.Calibration;
import io.emotionstream.model.Emotions;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.FaceFrame;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes events from frames and the network's answers. */
final class EmotionEvents {
  private EmotionEvents() {}

  /**
   * Returns the event for {@code frame}; its emotion is the top-1 class.
   *
   * @param probabilities one for each class, in label order
   * @param calibration of the model, if it has one
   */
  @SuppressWarnings("NullAway") // Avro's setters take null for optional fields but do not say so
  static EmotionEvent create(
      FaceFrame frame,
      float[] probabilities,
      String modelId,
      Optional<Calibration> calibration,
      Instant classifiedAt) {
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
        .setUncertain(calibration.map(known -> known.isUncertain(probabilities)).orElse(null))
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
