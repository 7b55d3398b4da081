// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import io.emotionstream.model.Emotions;
import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.CorrectedShare;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.TrackStatistics;
import io.emotionstream.schemas.WindowClosing;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds an {@link EmotionDistribution}: {@code Distributions.window("lobby", NOON,
 * Duration.ofSeconds(10)).counting(HAPPY, 3).counting(SAD, 1).build()}.
 *
 * <p>Total and mean probabilities follow from the counts, as if {@link FixedAnswerClassifier} had
 * seen the faces, none of them uncertain, each of a track of its own without extent in time; the
 * first and last face lie at the window's start and 1 us before its end. It is tumbling, closed by
 * event time, and has no corrected shares. Not safe for use by several threads.
 */
public final class Distributions {
  static {
    AvroSerde.of(EmotionDistribution.class); // makes Avro trust our records, which copying needs
  }

  private final String cameraId;
  private final Instant windowStart;
  private final Instant windowEnd;
  private final Map<Emotion, Long> counts = new EnumMap<>(Emotion.class);
  private List<String> modelIds = List.of(FixedAnswerClassifier.MODEL_ID);
  private Duration advance;
  private WindowClosing closedBy = WindowClosing.EVENT_TIME;
  private long heartbeats;
  private @Nullable Map<String, CorrectedShare> correctedShares;

  private Distributions(String cameraId, Instant windowStart, Duration size) {
    this.cameraId = cameraId;
    this.windowStart = windowStart.truncatedTo(ChronoUnit.MICROS);
    this.windowEnd = this.windowStart.plus(size);
    this.advance = size;
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

  /** Makes it one of windows that start {@code value} apart. */
  public Distributions every(Duration value) {
    advance = value;
    return this;
  }

  /** Says why the window became final. */
  public Distributions closedBy(WindowClosing value) {
    closedBy = value;
    return this;
  }

  /** Says how many signs of life came in the window. */
  public Distributions alive(long signs) {
    heartbeats = signs;
    return this;
  }

  /** Gives every class the same corrected share. */
  public Distributions corrected(CorrectedShare value) {
    Map<String, CorrectedShare> shares = new HashMap<>();
    Emotions.ALL.forEach(emotion -> shares.put(emotion.name(), value));
    correctedShares = shares;
    return this;
  }

  /**
   * Returns the distribution.
   *
   * @throws IllegalStateException if it has neither a face nor a sign of life: there is no such
   *     window
   */
  @SuppressWarnings("NullAway") // Avro's setters take null for optional fields but do not say so
  public EmotionDistribution build() {
    long total = counts.values().stream().mapToLong(Long::longValue).sum();
    if (total + heartbeats < 1) {
      throw new IllegalStateException(
          "a window has at least one face or sign of life: say counting(...) or alive(...)");
    }
    Map<String, Long> countsByName = new HashMap<>();
    Map<String, Double> weighted = new HashMap<>();
    counts.forEach(
        (emotion, count) -> {
          countsByName.put(emotion.name(), count);
          float confidence = FixedAnswerClassifier.answerFor(emotion)[emotion.ordinal()];
          weighted.put(emotion.name(), count * (double) confidence);
        });
    Map<String, Double> means = total == 0 ? Map.of() : meanProbabilities(total);
    return EmotionDistribution.newBuilder()
        .setCameraId(cameraId)
        .setWindowStart(windowStart)
        .setWindowEnd(windowEnd)
        .setCounts(countsByName)
        .setTotal(total)
        .setMeanProbabilities(means)
        .setFirstFaceAt(total == 0 ? null : windowStart)
        .setLastFaceAt(total == 0 ? null : windowEnd.minus(1, ChronoUnit.MICROS))
        .setModelIds(total == 0 ? List.of() : modelIds)
        .setWindowSizeMillis(Duration.between(windowStart, windowEnd).toMillis())
        .setWindowAdvanceMillis(advance.toMillis())
        .setClosedBy(closedBy)
        .setHeartbeats(heartbeats)
        .setMissedFaces(0)
        .setConfidenceWeightedCounts(total == 0 ? Map.of() : weighted)
        .setUncertainFaces(0L)
        .setTracks(new TrackStatistics(total, true, 0L, means, Map.of(), 0.0))
        .setCorrectedShares(correctedShares)
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
