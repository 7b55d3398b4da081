// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.model.Emotions;
import io.emotionstream.schemas.EmotionEvent;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was seen of one camera in one pane of its windows, or, merged, in a window; but for its
 * tracks, which are kept apart ({@link TrackSums}), so that a face rewrites little. Times are
 * microseconds since the epoch. Mutable; for one thread.
 */
final class Pane {
  /** Tracks of a pane that are kept, for each camera: beyond them a uniform sample of so many. */
  static final int MAX_TRACKS = 1000;

  /** Threshold of a pane all of whose tracks are kept. */
  static final long ALL_TRACKS = Long.MAX_VALUE;

  /** Signs of life without a face. */
  long heartbeats;

  /** Faces by model and top-1 class. */
  final SortedMap<String, long[]> counts = new TreeMap<>();

  final double[] probabilitySums = new double[Emotions.COUNT];

  /** Sum of the top-1 probabilities of the faces of each top-1 class. */
  final double[] confidenceSums = new double[Emotions.COUNT];

  long uncertain;

  /** Whether every face's model had a threshold, so that {@link #uncertain} says something. */
  boolean thresholds = true;

  long firstFace = Long.MAX_VALUE;
  long lastFace = Long.MIN_VALUE;

  /** Tracks that are kept: those whose hash is below {@link #trackThreshold}. */
  int tracks;

  /**
   * Hashes of tracks, 63 bits, are kept below this one. A theta sketch (Dasgupta, Lang, Rhodes and
   * Thaler 2016, "A Framework for Estimating Stream Expression Cardinalities"): where more than
   * {@link #MAX_TRACKS} came, the greatest hash goes and becomes the threshold, so that the others
   * are a uniform sample, complete since their first face, and their number over the threshold's
   * share of all hashes estimates how many there were.
   */
  long trackThreshold = ALL_TRACKS;

  /** Faces without a track. */
  long untracked;

  final double[] untrackedSums = new double[Emotions.COUNT];

  /** Whether release 0.1 began it, which knew counts and mean probabilities only. */
  boolean legacy;

  /** Returns what release 0.1 knew of a window; of several models the first has all counts. */
  static Pane of(WindowOf01 window) {
    Pane pane = new Pane();
    pane.legacy = true;
    pane.firstFace = window.firstFace();
    pane.lastFace = window.lastFace();
    add(pane.probabilitySums, window.probabilitySums());
    window.modelIds().forEach(model -> pane.counts.put(model, new long[Emotions.COUNT]));
    pane.counts.put(window.modelIds().get(0), window.counts().clone());
    return pane;
  }

  /** Counts a face; its track is up to {@link PaneStore}. */
  void add(EmotionEvent face) {
    int label = face.getEmotion().ordinal();
    counts.computeIfAbsent(face.getModelId(), model -> new long[Emotions.COUNT])[label]++;
    confidenceSums[label] += face.getConfidence();
    add(probabilitySums, face);
    if (face.getUncertain() == null) {
      thresholds = false;
    } else if (face.getUncertain()) {
      uncertain++;
    }
    if (face.getTrackId() == null) {
      untracked++;
      add(untrackedSums, face);
    }
    long capturedAt = Micros.of(face.getCapturedAt());
    firstFace = Math.min(firstFace, capturedAt);
    lastFace = Math.max(lastFace, capturedAt);
  }

  /** Adds what another pane holds, but for its tracks. */
  void add(Pane other) {
    heartbeats += other.heartbeats;
    other.counts.forEach(
        (model, more) -> {
          long[] sum = counts.computeIfAbsent(model, added -> new long[Emotions.COUNT]);
          for (int label = 0; label < sum.length; label++) {
            sum[label] += more[label];
          }
        });
    add(probabilitySums, other.probabilitySums);
    add(confidenceSums, other.confidenceSums);
    uncertain += other.uncertain;
    thresholds &= other.thresholds;
    firstFace = Math.min(firstFace, other.firstFace);
    lastFace = Math.max(lastFace, other.lastFace);
    trackThreshold = Math.min(trackThreshold, other.trackThreshold);
    untracked += other.untracked;
    add(untrackedSums, other.untrackedSums);
    legacy |= other.legacy;
  }

  /** Returns the faces of each top-1 class, whatever the model. */
  long[] countsOfAllModels() {
    long[] all = new long[Emotions.COUNT];
    for (long[] some : counts.values()) {
      for (int label = 0; label < all.length; label++) {
        all[label] += some[label];
      }
    }
    return all;
  }

  static void add(double[] sums, EmotionEvent face) {
    int label = 0;
    for (float probability : face.getProbabilities()) {
      sums[label++] += probability;
    }
  }

  static void add(double[] sums, double[] more) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += more[i];
    }
  }
}
