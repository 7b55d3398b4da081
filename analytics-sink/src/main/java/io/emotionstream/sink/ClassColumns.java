// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import io.emotionstream.schemas.Emotion;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** How the seven classes are named in the tables; always in label order. */
public final class ClassColumns {
  private ClassColumns() {}

  /**
   * Returns the class as a value, and as the column of its probability in {@code emotion_events}
   * and of its count in {@code emotion_distributions}: {@code happy}.
   */
  public static String of(Emotion emotion) {
    return emotion.name().toLowerCase(Locale.ROOT);
  }

  /** Returns the column of its mean probability in {@code emotion_distributions}. */
  public static String meanOf(Emotion emotion) {
    return "mean_" + of(emotion);
  }

  /** Returns the column of its confidence-weighted count in {@code emotion_distributions}. */
  public static String weightedOf(Emotion emotion) {
    return "weighted_" + of(emotion);
  }

  /** Returns the column of its share with equal weight for every track. */
  public static String trackShareOf(Emotion emotion) {
    return "track_" + of(emotion);
  }

  /** Returns the column of its share with tracks weighed by the time they were visible. */
  public static String timeShareOf(Emotion emotion) {
    return "time_" + of(emotion);
  }

  /** Returns the column of its corrected share; {@code _low} and {@code _high} bound it. */
  public static String correctedOf(Emotion emotion) {
    return "corrected_" + of(emotion);
  }

  static List<String> all(Function<Emotion, String> column) {
    return Stream.of(Emotion.values()).map(column).toList();
  }
}
