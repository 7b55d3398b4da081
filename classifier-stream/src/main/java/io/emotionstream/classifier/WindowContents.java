// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.classifier.quantify.Quantification;
import io.emotionstream.classifier.quantify.Quantifier;
import io.emotionstream.classifier.quantify.Quantifier.Observation;
import io.emotionstream.model.Emotions;
import io.emotionstream.schemas.CorrectedShare;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.TrackStatistics;
import io.emotionstream.schemas.WindowClosing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was seen of one camera in one window: what its distribution is made of.
 *
 * @param sum its panes, added up
 * @param tracks its tracks; where the sum's threshold says so, a sample of them
 */
record WindowContents(Pane sum, List<TrackSums> tracks) {
  private static final double MICROS_A_SECOND = 1e6;

  /**
   * Says which window it was and how it ended.
   *
   * @param kind which windows it is one of
   * @param end its end, in microseconds since the epoch
   * @param missed faces too late for such windows since the one before
   */
  record Window(
      String cameraId, WindowProgress kind, long end, WindowClosing closedBy, long missed) {}

  /** Returns whether the camera showed neither a face nor a sign of life. */
  boolean isEmpty() {
    return sum.counts.isEmpty() && sum.heartbeats == 0;
  }

  /**
   * Returns the window's record.
   *
   * @param confusions of models by id: rows truth, columns prediction; empty if not measured
   */
  @SuppressWarnings("NullAway") // Avro's setters take null for optional fields but do not say so
  EmotionDistribution toDistribution(
      Window window, Function<String, Optional<long[][]>> confusions) {
    long[] counts = sum.countsOfAllModels();
    long total = Arrays.stream(counts).sum();
    boolean seen = total > 0;
    Map<String, Long> countByClass = new HashMap<>();
    for (Emotion emotion : Emotions.ALL) {
      countByClass.put(emotion.name(), counts[emotion.ordinal()]);
    }
    return EmotionDistribution.newBuilder()
        .setCameraId(window.cameraId)
        .setWindowStart(Micros.toInstant(window.end - window.kind.size))
        .setWindowEnd(Micros.toInstant(window.end))
        .setCounts(countByClass)
        .setTotal(total)
        .setMeanProbabilities(seen ? byClass(sum.probabilitySums, (double) total) : Map.of())
        .setFirstFaceAt(seen ? Micros.toInstant(sum.firstFace) : null)
        .setLastFaceAt(seen ? Micros.toInstant(sum.lastFace) : null)
        .setModelIds(List.copyOf(sum.counts.keySet()))
        .setWindowSizeMillis(window.kind.size / 1000)
        .setWindowAdvanceMillis(window.kind.advance / 1000)
        .setClosedBy(window.closedBy)
        .setHeartbeats(sum.heartbeats)
        .setMissedFaces(window.missed)
        .setConfidenceWeightedCounts(
            seen && !sum.legacy ? byClass(sum.confidenceSums, 1) : Map.of())
        .setUncertainFaces(sum.thresholds && !sum.legacy ? sum.uncertain : null)
        .setTracks(sum.legacy ? null : trackStatistics())
        .setCorrectedShares(seen && !sum.legacy ? correctedShares(total, confusions) : null)
        .build();
  }

  /** Returns how many tracks are behind each that is kept: 1 unless they are a sample. */
  private double scale() {
    return sum.trackThreshold == Pane.ALL_TRACKS
        ? 1
        : (double) Pane.ALL_TRACKS / sum.trackThreshold;
  }

  private double distinctTracks() {
    return tracks.size() * scale();
  }

  private TrackStatistics trackStatistics() {
    double scale = scale();
    double[] shares = sum.untrackedSums.clone();
    double[] timeShares = new double[Emotions.COUNT];
    double visible = 0;
    for (TrackSums track : tracks) {
      visible += track.visible();
      for (int label = 0; label < shares.length; label++) {
        double mean = track.probabilitySums[label] / track.faces;
        shares[label] += scale * mean;
        timeShares[label] += track.visible() * mean;
      }
    }
    double weight = distinctTracks() + sum.untracked;
    return new TrackStatistics(
        Math.round(distinctTracks()),
        sum.trackThreshold == Pane.ALL_TRACKS,
        sum.untracked,
        weight > 0 ? byClass(shares, weight) : Map.of(),
        visible > 0 ? byClass(timeShares, visible) : Map.of(),
        scale * visible / MICROS_A_SECOND);
  }

  private @Nullable Map<String, CorrectedShare> correctedShares(
      long total, Function<String, Optional<long[][]>> confusions) {
    List<Observation> observations = new ArrayList<>();
    for (Map.Entry<String, long[]> model : sum.counts.entrySet()) {
      Optional<long[][]> confusion = confusions.apply(model.getKey());
      if (confusion.isEmpty()) {
        return null;
      }
      observations.add(new Observation(model.getValue(), confusion.get()));
    }
    double independent = Math.min((double) total, Math.max(1, distinctTracks() + sum.untracked));
    Quantification corrected = Quantifier.standard().estimate(observations, independent);
    Map<String, CorrectedShare> shares = new HashMap<>();
    for (Emotion emotion : Emotions.ALL) {
      int label = emotion.ordinal();
      shares.put(
          emotion.name(),
          new CorrectedShare(corrected.share(label), corrected.low(label), corrected.high(label)));
    }
    return shares;
  }

  private static Map<String, Double> byClass(double[] sums, double divisor) {
    Map<String, Double> byClass = new HashMap<>();
    for (Emotion emotion : Emotions.ALL) {
      byClass.put(emotion.name(), sums[emotion.ordinal()] / divisor);
    }
    return byClass;
  }
}
