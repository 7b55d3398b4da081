// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.explore;

import io.emotionstream.datasets.fer2013.Usage;
import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.model.Emotions;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.trainer.data.FoundFace;
import io.emotionstream.trainer.data.LabeledFace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a model makes of the labels. It has probably been trained on some of them, which makes it
 * believe those more than it should: a doubt about a Training label weighs the more.
 *
 * @param modelId id of the model's bundle
 * @param confidence least confidence of a doubt
 * @param agreement share of the faces of each split whose label is the model's top-1 class
 * @param doubts faces whose label the model contradicts so confidently, most confidently first
 */
record ModelOpinion(
    String modelId, double confidence, Map<Usage, Double> agreement, List<LabelDoubt> doubts) {
  private static final int BATCH = 64;

  /** Asks {@code classifier} about all faces, constant pictures left out. */
  static ModelOpinion ask(
      EmotionClassifier classifier,
      List<FoundFace> faces,
      List<PixelMeasures> measures,
      double confidence) {
    List<LabelDoubt> doubts = new ArrayList<>();
    Map<Usage, int[]> hits = new EnumMap<>(Usage.class); // right, all
    List<Integer> asked = new ArrayList<>();
    for (int i = 0; i < faces.size(); i++) {
      if (!measures.get(i).constant()) {
        asked.add(i);
      }
    }
    for (int from = 0; from < asked.size(); from += BATCH) {
      List<Integer> batch = asked.subList(from, Math.min(asked.size(), from + BATCH));
      float[][] answers =
          classifier.classify(
              batch.stream()
                  .map(i -> faces.get(i).face())
                  .map(LabeledFace::normalized)
                  .toArray(float[][]::new));
      for (int i = 0; i < answers.length; i++) {
        FoundFace face = faces.get(batch.get(i));
        Emotion top = Emotions.top1(answers[i]);
        float probability = answers[i][Emotions.ALL.indexOf(top)];
        boolean agrees = top == face.face().emotion();
        int[] counts = hits.computeIfAbsent(face.usage(), usage -> new int[2]);
        counts[0] += agrees ? 1 : 0;
        counts[1]++;
        if (!agrees && probability >= confidence) {
          doubts.add(new LabelDoubt(batch.get(i), top, probability));
        }
      }
    }
    doubts.sort(
        Comparator.comparingDouble(LabelDoubt::confidence)
            .reversed()
            .thenComparingInt(LabelDoubt::face));
    Map<Usage, Double> agreement = new EnumMap<>(Usage.class);
    hits.forEach((usage, counts) -> agreement.put(usage, (double) counts[0] / counts[1]));
    return new ModelOpinion(classifier.modelId(), confidence, agreement, doubts);
  }
}
