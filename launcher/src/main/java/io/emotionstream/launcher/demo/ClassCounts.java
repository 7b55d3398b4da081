// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher.demo;

import com.fasterxml.jackson.annotation.JsonValue;
import io.emotionstream.model.Emotions;
import io.emotionstream.schemas.Emotion;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Faces by class; in JSON an object with the lower-case class names in label order. */
public final class ClassCounts {
  private final long[] counts;

  ClassCounts() {
    this(new long[Emotions.COUNT]);
  }

  private ClassCounts(long[] counts) {
    this.counts = counts;
  }

  void add(Emotion emotion) {
    counts[emotion.ordinal()]++;
  }

  void add(Emotion emotion, long faces) {
    counts[emotion.ordinal()] += faces;
  }

  /** Returns the faces of one class. */
  public long of(Emotion emotion) {
    return counts[emotion.ordinal()];
  }

  long total() {
    return Arrays.stream(counts).sum();
  }

  ClassCounts copy() {
    return new ClassCounts(counts.clone());
  }

  /** Returns these counts less {@code earlier}. */
  ClassCounts minus(ClassCounts earlier) {
    ClassCounts difference = copy();
    for (int i = 0; i < counts.length; i++) {
      difference.counts[i] -= earlier.counts[i];
    }
    return difference;
  }

  @JsonValue
  Map<String, Long> byName() {
    Map<String, Long> byName = new LinkedHashMap<>();
    for (Emotion emotion : Emotions.ALL) {
      byName.put(Emotions.nameOf(emotion), of(emotion));
    }
    return byName;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClassCounts that && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return byName().toString();
  }
}
