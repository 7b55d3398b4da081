// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import io.emotionstream.schemas.Emotion;
import java.util.List;
import java.util.Locale;

/** The seven classes in label order: label i is symbol i of {@link Emotion}. */
public final class Emotions {
  /** All classes, label 0 first. */
  public static final List<Emotion> ALL = List.of(Emotion.values());

  /** Number of classes. */
  public static final int COUNT = ALL.size();

  private Emotions() {}

  /**
   * Returns the class of a label.
   *
   * @throws IllegalArgumentException if {@code label} is not in [0, 6]
   */
  public static Emotion ofLabel(int label) {
    if (label < 0 || label >= COUNT) {
      throw new IllegalArgumentException(
          "label must be between 0 and " + (COUNT - 1) + ", was " + label);
    }
    return ALL.get(label);
  }

  /** Returns the lower-case name that files, folders and tables use, such as {@code angry}. */
  public static String nameOf(Emotion emotion) {
    return emotion.name().toLowerCase(Locale.ROOT);
  }

  /** Returns the lower-case names in label order. */
  public static List<String> names() {
    return ALL.stream().map(Emotions::nameOf).toList();
  }

  /** Returns the top-1 class of seven probabilities in label order; the lower label wins a tie. */
  public static Emotion top1(float[] probabilities) {
    int best = 0;
    for (int label = 1; label < probabilities.length; label++) {
      if (probabilities[label] > probabilities[best]) {
        best = label;
      }
    }
    return ofLabel(best);
  }
}
