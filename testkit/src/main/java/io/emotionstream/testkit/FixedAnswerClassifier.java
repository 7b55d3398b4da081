// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.schemas.Emotion;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A classifier that answers what the face itself says: see {@link Faces#showing(Emotion)}, {@link
 * Faces#answeredWithNaN()} and {@link Faces#failingClassifier()}.
 *
 * <p>Its top-1 class has probability 0.7, each other one 0.05. One failing face fails its whole
 * batch, as with a real network. Its counts may be read from any thread.
 */
public final class FixedAnswerClassifier implements EmotionClassifier {
  /** What {@link #modelId()} returns. */
  public static final String MODEL_ID = "f1ced0a5f1ce";

  private final List<Integer> batchSizes = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /** Returns the probabilities it answers for a face that shows {@code emotion}. */
  public static float[] answerFor(Emotion emotion) {
    return FixedAnswer.of(emotion).probabilities();
  }

  /** Returns the number of faces of each batch it was given, in order. */
  public List<Integer> batchSizes() {
    return List.copyOf(batchSizes);
  }

  /** Returns whether it was closed. */
  public boolean isClosed() {
    return closed;
  }

  @Override
  public String modelId() {
    return MODEL_ID;
  }

  @Override
  public float[][] classify(float[][] faces) {
    if (closed) {
      throw new IllegalStateException("classifier is closed");
    }
    batchSizes.add(faces.length);
    float[][] probabilities = new float[faces.length][];
    for (int i = 0; i < faces.length; i++) {
      probabilities[i] = answer(faces[i]);
    }
    return probabilities;
  }

  @Override
  public void close() {
    closed = true;
  }

  private static float[] answer(float[] face) {
    if (face.length != FaceNormalizer.PIXELS) {
      throw new IllegalArgumentException(
          "a face has %d values, got %d".formatted(FaceNormalizer.PIXELS, face.length));
    }
    FixedAnswer answer = FixedAnswer.in(face);
    if (answer.equals(FixedAnswer.FAILURE)) {
      throw new IllegalStateException("this face makes the classifier fail");
    }
    return answer.probabilities();
  }
}
