// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.model.Emotions;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.trainer.data.FaceSet;
import io.emotionstream.trainer.data.LabeledFace;
import java.util.ArrayList;
import java.util.List;

/** Lets a classifier answer labelled faces, each once and as it is. */
public final class Evaluator {
  private static final int BATCH = 64;

  private Evaluator() {}

  /** Returns how {@code classifier} does on {@code faces}. */
  public static Evaluation evaluate(EmotionClassifier classifier, FaceSet faces) {
    List<Emotion> predictions = new ArrayList<>(faces.size());
    for (int from = 0; from < faces.size(); from += BATCH) {
      List<LabeledFace> batch = faces.faces().subList(from, Math.min(faces.size(), from + BATCH));
      float[][] input = batch.stream().map(LabeledFace::normalized).toArray(float[][]::new);
      for (float[] probabilities : classifier.classify(input)) {
        predictions.add(Emotions.top1(probabilities));
      }
    }
    return Evaluation.of(faces.faces().stream().map(LabeledFace::emotion).toList(), predictions);
  }
}
