// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.detect;

import io.emotionstream.ingest.detect.Landmarks.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Makes one face of the many detections that mean the same. */
final class Overlaps {
  /** Two boxes that share more than this mean one face (as in MediaPipe's graph). */
  private static final double SAME_FACE = 0.3;

  /** So do a box and one that lies inside of it to this part, as where a tile cuts a face. */
  private static final double CONTAINED = 0.7;

  private Overlaps() {}

  /**
   * Returns the weighted mean of each group, with the group's best score, the surest first (the
   * "blending" of the BlazeFace paper: it jitters less than the best box alone).
   */
  static List<DetectedFace> blend(List<DetectedFace> detections) {
    List<DetectedFace> rest = new ArrayList<>(detections);
    rest.sort(Comparator.comparingDouble(DetectedFace::score).reversed());
    List<DetectedFace> faces = new ArrayList<>();
    while (!rest.isEmpty()) {
      DetectedFace best = rest.get(0);
      List<DetectedFace> same =
          rest.stream().filter(other -> best.box().overlap(other.box()) > SAME_FACE).toList();
      rest.removeIf(other -> same(best.box(), other.box()));
      faces.add(mean(best.score(), same));
    }
    return faces;
  }

  private static boolean same(Box best, Box other) {
    return best.overlap(other) > SAME_FACE
        || best.intersection(other) > CONTAINED * Math.min(best.area(), other.area());
  }

  private static DetectedFace mean(double score, List<DetectedFace> faces) {
    Box box =
        new Box(
            mean(faces, face -> face.box().x()),
            mean(faces, face -> face.box().y()),
            mean(faces, face -> face.box().width()),
            mean(faces, face -> face.box().height()));
    boolean all = faces.stream().allMatch(face -> face.landmarks() != null);
    return new DetectedFace(box, score, all ? meanLandmarks(faces) : null);
  }

  private static Landmarks meanLandmarks(List<DetectedFace> faces) {
    return new Landmarks(
        meanPoint(faces, Landmarks::rightEye),
        meanPoint(faces, Landmarks::leftEye),
        meanPoint(faces, Landmarks::nose),
        meanPoint(faces, Landmarks::mouth),
        meanPoint(faces, Landmarks::rightEar),
        meanPoint(faces, Landmarks::leftEar));
  }

  private static Point meanPoint(List<DetectedFace> faces, Function<Landmarks, Point> point) {
    return new Point(
        mean(faces, face -> point.apply(landmarks(face)).x()),
        mean(faces, face -> point.apply(landmarks(face)).y()));
  }

  private static Landmarks landmarks(DetectedFace face) {
    Landmarks landmarks = face.landmarks();
    if (landmarks == null) {
      throw new IllegalStateException("a face without landmarks has no mean of them");
    }
    return landmarks;
  }

  private static double mean(List<DetectedFace> faces, ToDoubleFunction<DetectedFace> value) {
    double sum = 0;
    double weights = 0;
    for (DetectedFace face : faces) {
      sum += face.score() * value.applyAsDouble(face);
      weights += face.score();
    }
    return sum / weights;
  }
}
