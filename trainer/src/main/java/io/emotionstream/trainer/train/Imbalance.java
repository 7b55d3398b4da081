// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import io.emotionstream.model.Emotions;
import io.emotionstream.trainer.data.FaceSet;
import io.emotionstream.trainer.data.LabeledFace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** What is done about classes with few faces. */
public enum Imbalance {
  /** Nothing: each face counts once. */
  NONE,
  /** A face's loss is weighted by the inverse of its class's frequency, on average by one. */
  WEIGHTS,
  /** Each place in an epoch draws a class, then one of its faces, with replacement. */
  SAMPLING;

  /** Returns the name on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns for each class the weight of its faces' loss. */
  float[] weights(FaceSet faces) {
    float[] weights = new float[Emotions.COUNT];
    Arrays.fill(weights, 1);
    if (this == WEIGHTS) {
      int[] counts = new int[Emotions.COUNT];
      faces.faces().forEach(face -> counts[face.label()]++);
      long present = Arrays.stream(counts).filter(count -> count > 0).count();
      for (int c = 0; c < counts.length; c++) {
        weights[c] = counts[c] == 0 ? 0 : (float) faces.size() / (present * counts[c]);
      }
    }
    return weights;
  }

  /** Draws the order of an epoch: indices into {@code faces}, as many as there are faces. */
  int[] order(FaceSet faces, SplittableRandom random) {
    int[] order = new int[faces.size()];
    if (this == SAMPLING) {
      List<List<Integer>> byClass = byClass(faces);
      for (int i = 0; i < order.length; i++) {
        List<Integer> chosen = byClass.get(random.nextInt(byClass.size()));
        order[i] = chosen.get(random.nextInt(chosen.size()));
      }
      return order;
    }
    for (int i = 0; i < order.length; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }

  private static List<List<Integer>> byClass(FaceSet faces) {
    List<List<Integer>> byClass = new ArrayList<>();
    for (int c = 0; c < Emotions.COUNT; c++) {
      byClass.add(new ArrayList<>());
    }
    List<LabeledFace> all = faces.faces();
    for (int i = 0; i < all.size(); i++) {
      byClass.get(all.get(i).label()).add(i);
    }
    byClass.removeIf(List::isEmpty);
    return byClass;
  }
}
