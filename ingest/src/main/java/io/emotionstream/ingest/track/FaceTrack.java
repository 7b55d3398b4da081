// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.track;

import io.emotionstream.ingest.detect.Box;
import io.emotionstream.ingest.detect.DetectedFace;
import io.emotionstream.ingest.detect.Landmarks;
import java.time.Duration;

/** One face over time. Used by one thread at a time. */
final class FaceTrack {
  /** Scores add up to this before a face is believed: two very good detections, or three. */
  private static final double BELIEVED = 1.5;

  /** How much further than a face is wide it is looked for, a second after it was lost. */
  private static final double SEARCH_GROWTH = 0.6;

  private static final double MAX_SEARCH = 2.2;
  private static final double SEARCH = 1.3;

  private final String id;
  private final Motion motion;
  private final double sureScore;
  private double evidence;
  private int hits;
  private boolean believed;
  private double score;
  private double frontality;
  private int misses;
  private Duration seen;
  private Duration due;

  /**
   * @param sureScore the mean score that it takes to be believed
   */
  FaceTrack(String id, DetectedFace face, double sureScore, Duration elapsed) {
    this.id = id;
    this.sureScore = sureScore;
    this.motion = new Motion(face.box(), elapsed);
    this.seen = elapsed;
    this.due = elapsed;
    note(face, elapsed);
  }

  /** Takes in a detection of this face. */
  void see(DetectedFace face, Duration elapsed) {
    motion.correct(face.box(), elapsed);
    note(face, elapsed);
  }

  private void note(DetectedFace face, Duration elapsed) {
    score = face.score();
    evidence += face.score();
    hits++;
    believed |= evidence >= BELIEVED && evidence >= sureScore * hits;
    frontality = frontality(face);
    misses = 0;
    seen = elapsed;
  }

  /** Takes in that a detector did not see this face. */
  void miss() {
    misses++;
  }

  /** Returns how far it looks into the camera, 1 where the detector does not tell. */
  static double frontality(DetectedFace face) {
    Landmarks landmarks = face.landmarks();
    return landmarks == null ? 1 : landmarks.frontality();
  }

  String id() {
    return id;
  }

  /** Returns the score of the last detection. */
  double score() {
    return score;
  }

  /** Returns {@link Landmarks#frontality()} at the last detection. */
  double frontality() {
    return frontality;
  }

  /** Returns how many detectors in turn did not see it. */
  int misses() {
    return misses;
  }

  /** Returns whether this was a face once; a hand before it does not change that. */
  boolean isBelieved() {
    return believed;
  }

  Duration unseen(Duration elapsed) {
    return elapsed.minus(seen);
  }

  Box at(Duration elapsed) {
    return motion.at(elapsed);
  }

  /** Returns how likely {@code face} is this one by its place, 0 to 1. */
  double affinity(DetectedFace face, Duration elapsed) {
    double lost = unseen(elapsed).toMillis() / 1000.0;
    double search = Math.min(MAX_SEARCH, SEARCH + SEARCH_GROWTH * lost);
    return at(elapsed).scaled(search).overlap(face.box().scaled(search));
  }

  /** Returns whether this face may be sent again. */
  boolean isDue(Duration elapsed) {
    return elapsed.compareTo(due) >= 0;
  }

  /** Notes that this face was sent, and is to be sent again after {@code period} on average. */
  void sent(Duration elapsed, Duration period) {
    Duration next = due.plus(period);
    due = next.compareTo(elapsed) < 0 ? elapsed.plus(period) : next;
  }
}
