// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.trainer.data.FaceSet;
import io.emotionstream.trainer.data.LabeledFace;
import java.util.List;

/** Lets a classifier answer labelled faces, each once. */
public final class Evaluator {
  private static final int BATCH = 64;

  private Evaluator() {}

  /** Answers, and how fast they came. */
  public record Timed(Answers answers, Speed speed) {}

  /** Returns how {@code classifier} does on {@code faces} as they are. */
  public static Evaluation evaluate(EmotionClassifier classifier, FaceSet faces) {
    return answers(classifier, faces).answers().evaluation();
  }

  /** Returns what {@code classifier} answers to {@code faces} as they are: single crop. */
  public static Timed answers(EmotionClassifier classifier, FaceSet faces) {
    return answers(classifier, faces, false);
  }

  /** Returns what {@code classifier} answers to the mirror images of {@code faces}. */
  public static Answers mirrored(EmotionClassifier classifier, FaceSet faces) {
    return answers(classifier, faces, true).answers();
  }

  /** Returns the mean probabilities of two answers to the same faces. */
  public static Answers averaged(Answers first, Answers second) {
    int[] labels = new int[first.size()];
    float[][] mean = new float[first.size()][];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = first.label(i);
      mean[i] = first.probabilities(i).clone();
      for (int c = 0; c < mean[i].length; c++) {
        mean[i][c] = (mean[i][c] + second.probabilities(i)[c]) / 2;
      }
    }
    return Answers.of(labels, mean);
  }

  private static Timed answers(EmotionClassifier classifier, FaceSet faces, boolean mirror) {
    float[][] answers = new float[faces.size()][];
    long timed = 0;
    long nanos = 0;
    for (int from = 0; from < faces.size(); from += BATCH) {
      List<LabeledFace> batch = faces.faces().subList(from, Math.min(faces.size(), from + BATCH));
      float[][] input =
          batch.stream()
              .map(face -> mirror ? mirrored(face.normalized()) : face.normalized())
              .toArray(float[][]::new);
      long begun = System.nanoTime();
      float[][] output = classifier.classify(input);
      if (from > 0 && batch.size() == BATCH) { // the first batch warms up
        nanos += System.nanoTime() - begun;
        timed += BATCH;
      }
      System.arraycopy(output, 0, answers, from, output.length);
    }
    int[] labels = faces.faces().stream().mapToInt(LabeledFace::label).toArray();
    return new Timed(
        Answers.of(labels, answers), new Speed(timed / (nanos / 1e9), BATCH, Speed.thisMachine()));
  }

  private static float[] mirrored(float[] face) {
    int side = FaceNormalizer.SIDE;
    float[] mirrored = new float[face.length];
    for (int i = 0; i < face.length; i++) {
      mirrored[i] = face[i - i % side + side - 1 - i % side];
    }
    return mirrored;
  }
}
