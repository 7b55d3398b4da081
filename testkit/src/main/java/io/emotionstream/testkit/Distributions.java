// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import io.emotionstream.model.Emotions;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionDistribution;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds an {@link EmotionDistribution}: {@code Distributions.window("lobby", NOON,
 * Duration.ofSeconds(10)).counting(HAPPY, 3).counting(SAD, 1).build()}.
 *
 * <p>Total and mean probabilities follow from the counts, as if {@link FixedAnswerClassifier} had
 * seen the faces; the first and last face lie at the window's start and 1 us before its end. Not
 * safe for use by several threads.
 */
public final class Distributions {
  private final String cameraId;
  private final Instant windowStart;
  private final Instant windowEnd;
  private final Map<Emotion, Long> counts = new EnumMap<>(Emotion.class);
  private List<String> modelIds = List.of(FixedAnswerClassifier.MODEL_ID);

  private Distributions(String cameraId, Instant windowStart, Duration size) {
    this.cameraId = cameraId;
    this.windowStart = windowStart.truncatedTo(ChronoUnit.MICROS);
    this.windowEnd = this.windowStart.plus(size);
    Emotions.ALL.forEach(emotion -> counts.put(emotion, 0L));
  }

  /** Starts the distribution of a camera's window [start, start + size). */
  public static Distributions window(String cameraId, Instant start, Duration size) {
    return new Distributions(cameraId, start, size);
  }

  /** Adds {@code faces} faces of one class. */
  public Distributions counting(Emotion emotion, long faces) {
    counts.merge(emotion, faces, Long::sum);
    return this;
  }

  /** Says which models classified the faces. */
  public Distributions classifiedBy(String... models) {
    modelIds = List.of(models).stream().sorted().toList();
    return this;
  }

  /**
   * Returns the distribution.
   *
   * @throws IllegalStateException if it counts no face: there is no such window
   */
  public EmotionDistribution build() {
    long total = counts.values().stream().mapToLong(Long::longValue).sum();
    if (total < 1) {
      throw new IllegalStateException("a window has at least one face: say counting(...)");
    }
    Map<String, Long> countsByName = new HashMap<>();
    counts.forEach((emotion, count) -> countsByName.put(emotion.name(), count));
    return EmotionDistribution.newBuilder()
        .setCameraId(cameraId)
        .setWindowStart(windowStart)
        .setWindowEnd(windowEnd)
        .setCounts(countsByName)
        .setTotal(total)
        .setMeanProbabilities(meanProbabilities(total))
        .setFirstFaceAt(windowStart)
        .setLastFaceAt(windowEnd.minus(1, ChronoUnit.MICROS))
        .setModelIds(modelIds)
        .build();
  }

  private Map<String, Double> meanProbabilities(long total) {
    Map<String, Double> means = new HashMap<>();
    counts.forEach(
        (seen, count) -> {
          float[] probabilities = FixedAnswerClassifier.answerFor(seen);
          for (Emotion emotion : Emotions.ALL) {
            double share = (double) probabilities[emotion.ordinal()] * count / total;
            means.merge(emotion.name(), share, Double::sum);
          }
        });
    return means;
  }
}
