// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.track;

import io.emotionstream.ingest.detect.DetectedFace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Tells which detections of one picture are the faces of the last one.
 *
 * <p>Faces are matched by place, the surest detections first, the weak ones only with faces that
 * are known already (ByteTrack, Zhang et al. 2022): a hand before a face lowers its score, a
 * pattern on a sweater starts no face. Used by one thread at a time.
 */
final class FaceTracker {
  /** A face that was not seen for this long has left; a hand before it has not. */
  private static final Duration KEPT = Duration.ofSeconds(2);

  /** A face that is not yet believed may be missed so often in turn. */
  private static final int MAX_EARLY_MISSES = 1;

  private static final double MIN_AFFINITY = 0.2;

  private final double sureScore;
  private final Supplier<String> ids;
  private final List<FaceTrack> tracks = new ArrayList<>();
  private long started;

  /**
   * @param sureScore least score of a detection that may start a track
   * @param ids a new id at each call
   */
  FaceTracker(double sureScore, Supplier<String> ids) {
    this.sureScore = sureScore;
    this.ids = ids;
  }

  /**
   * Takes in what a detector saw in the picture at {@code elapsed}.
   *
   * @return how many of the faces are not believed to be any, or not yet
   */
  int detected(List<DetectedFace> faces, Duration elapsed) {
    tracks.removeIf(track -> hasLeft(track, elapsed));
    Set<FaceTrack> matched = new HashSet<>();
    int unbelieved = 0;
    List<DetectedFace> sure = faces.stream().filter(this::isSure).toList();
    List<DetectedFace> weak = faces.stream().filter(face -> !isSure(face)).toList();
    for (DetectedFace face : match(sure, matched, elapsed)) {
      FaceTrack track = new FaceTrack(ids.get(), face, sureScore, elapsed);
      tracks.add(track);
      matched.add(track);
    }
    unbelieved += match(weak, matched, elapsed).size();
    for (FaceTrack track : tracks) {
      if (!matched.contains(track)) {
        track.miss();
      } else if (!track.isBelieved()) {
        unbelieved++;
      }
    }
    return unbelieved;
  }

  /** Returns the faces that the last detection saw and that are believed, in order of birth. */
  List<FaceTrack> inView() {
    return tracks.stream().filter(track -> track.isBelieved() && track.misses() == 0).toList();
  }

  /** Returns all that are kept in mind, also those not believed and those not seen just now. */
  List<FaceTrack> all() {
    return List.copyOf(tracks);
  }

  /** Returns how many tracks came to be believed. */
  long started() {
    return started;
  }

  /** Forgets all faces: what comes has nothing to do with what was. */
  void reset() {
    tracks.clear();
  }

  private boolean isSure(DetectedFace face) {
    return face.score() >= sureScore;
  }

  private static boolean hasLeft(FaceTrack track, Duration elapsed) {
    return track.isBelieved()
        ? track.unseen(elapsed).compareTo(KEPT) > 0
        : track.misses() > MAX_EARLY_MISSES;
  }

  /** Gives each face to the track that it fits best and returns those that fit none. */
  private List<DetectedFace> match(
      List<DetectedFace> faces, Set<FaceTrack> matched, Duration elapsed) {
    List<Pair> pairs = new ArrayList<>();
    for (FaceTrack track : tracks) {
      for (DetectedFace face : faces) {
        double affinity = track.affinity(face, elapsed);
        if (affinity >= MIN_AFFINITY && !matched.contains(track)) {
          pairs.add(new Pair(track, face, affinity));
        }
      }
    }
    pairs.sort(Pair.BEST_FIRST);
    List<DetectedFace> rest = new ArrayList<>(faces);
    for (Pair pair : pairs) {
      if (!matched.contains(pair.track) && rest.remove(pair.face)) {
        matched.add(pair.track);
        see(pair, elapsed);
      }
    }
    return rest;
  }

  private void see(Pair pair, Duration elapsed) {
    boolean wasBelieved = pair.track.isBelieved();
    pair.track.see(pair.face, elapsed);
    if (!wasBelieved && pair.track.isBelieved()) {
      started++;
    }
  }

  private record Pair(FaceTrack track, DetectedFace face, double affinity) {
    static final Comparator<Pair> BEST_FIRST =
        Comparator.comparing((Pair pair) -> pair.track.isBelieved())
            .thenComparing(Pair::affinity)
            .reversed();
  }
}
