// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.model.Emotions;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.WindowClosing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What was seen so far of one camera in the window [start, end), in microseconds since the epoch.
 * Mutable; for one thread.
 */
final class OpenWindow {
  final long start;
  final long end;
  final long[] counts = new long[Emotions.COUNT];
  final double[] probabilitySums = new double[Emotions.COUNT];
  final SortedSet<String> modelIds = new TreeSet<>();
  long firstFace = Long.MAX_VALUE;
  long lastFace = Long.MIN_VALUE;

  OpenWindow(long start, long end) {
    this.start = start;
    this.end = end;
  }

  void add(EmotionEvent face) {
    counts[face.getEmotion().ordinal()]++;
    int label = 0;
    for (float probability : face.getProbabilities()) {
      probabilitySums[label++] += probability;
    }
    modelIds.add(face.getModelId());
    long capturedAt = Micros.of(face.getCapturedAt());
    firstFace = Math.min(firstFace, capturedAt);
    lastFace = Math.max(lastFace, capturedAt);
  }

  EmotionDistribution toDistribution(String cameraId) {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    Map<String, Long> countByClass = new HashMap<>();
    Map<String, Double> meanByClass = new HashMap<>();
    for (Emotion emotion : Emotions.ALL) {
      countByClass.put(emotion.name(), counts[emotion.ordinal()]);
      meanByClass.put(emotion.name(), probabilitySums[emotion.ordinal()] / total);
    }
    List<String> models = new ArrayList<>(modelIds);
    return EmotionDistribution.newBuilder()
        .setCameraId(cameraId)
        .setWindowStart(Micros.toInstant(start))
        .setWindowEnd(Micros.toInstant(end))
        .setCounts(countByClass)
        .setTotal(total)
        .setMeanProbabilities(meanByClass)
        .setFirstFaceAt(Micros.toInstant(firstFace))
        .setLastFaceAt(Micros.toInstant(lastFace))
        .setModelIds(models)
        .setWindowSizeMillis((end - start) / 1000)
        .setWindowAdvanceMillis((end - start) / 1000)
        .setClosedBy(WindowClosing.UNKNOWN)
        .build();
  }
}
