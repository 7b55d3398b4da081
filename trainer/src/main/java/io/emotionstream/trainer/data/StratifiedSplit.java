// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.data;

import io.emotionstream.schemas.Emotion;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A set of faces parted in two: some to train on, some to choose the best epoch by.
 *
 * <p>Each class gives the same share. Pixel-identical faces stay on one side, also where their
 * labels differ, so that none is validated on that was trained on; such a group counts for the
 * class of its first face. The same seed gives the same split.
 *
 * @param training faces to train on, in file order
 * @param validation held-out faces, in file order
 */
public record StratifiedSplit(FaceSet training, FaceSet validation) {

  /**
   * Parts {@code faces}.
   *
   * @param validationShare share of each class to hold out, in [0, 1)
   */
  public static StratifiedSplit of(FaceSet faces, double validationShare, long seed) {
    if (!(validationShare >= 0 && validationShare < 1)) {
      throw new IllegalArgumentException(
          "validation share must be at least 0 and below 1, was " + validationShare);
    }
    Random random = new Random(seed);
    List<Integer> training = new ArrayList<>();
    List<Integer> validation = new ArrayList<>();
    for (List<List<Integer>> groups : groupsByClass(faces).values()) {
      Collections.shuffle(groups, random);
      long wanted = Math.round(validationShare * groups.stream().mapToInt(List::size).sum());
      long taken = 0;
      for (List<Integer> group : groups) {
        boolean held = taken + group.size() <= wanted;
        (held ? validation : training).addAll(group);
        taken += held ? group.size() : 0;
      }
    }
    Collections.sort(training);
    Collections.sort(validation);
    return new StratifiedSplit(faces.select(training), faces.select(validation));
  }

  /** Returns, for each class, the groups of indices of pixel-identical faces. */
  private static Map<Emotion, List<List<Integer>>> groupsByClass(FaceSet faces) {
    Map<ByteBuffer, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < faces.size(); i++) {
      ByteBuffer pixels = ByteBuffer.wrap(faces.get(i).pixels());
      groups.computeIfAbsent(pixels, key -> new ArrayList<>()).add(i);
    }
    Map<Emotion, List<List<Integer>>> byClass = new EnumMap<>(Emotion.class);
    for (List<Integer> group : groups.values()) {
      byClass
          .computeIfAbsent(faces.get(group.get(0)).emotion(), key -> new ArrayList<>())
          .add(group);
    }
    return byClass;
  }
}
