// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.track;

import io.emotionstream.ingest.detect.Box;
import io.emotionstream.ingest.detect.DetectedFace;
import io.emotionstream.ingest.detect.FaceDetector;
import io.emotionstream.ingest.detect.GrayPicture;
import io.emotionstream.ingest.detect.Landmarks;
import io.emotionstream.ingest.detect.Landmarks.Point;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Says of the next picture what the script says. */
final class ScriptedDetector implements FaceDetector {
  static final double SURE = 0.6;

  private final Deque<List<DetectedFace>> script = new ArrayDeque<>();
  private int asked;

  ScriptedDetector then(DetectedFace... faces) {
    script.add(List.of(faces));
    return this;
  }

  int asked() {
    return asked;
  }

  @Override
  public List<DetectedFace> detect(GrayPicture picture, int minFaceSize) {
    asked++;
    return script.isEmpty() ? new ArrayList<>() : script.remove();
  }

  @Override
  public double sureScore() {
    return SURE;
  }

  @Override
  public void close() {}

  static DetectedFace face(double centerX, double centerY, double size, double score) {
    return new DetectedFace(Box.around(centerX, centerY, size, size), score, null);
  }

  static DetectedFace face(double centerX, double centerY) {
    return face(centerX, centerY, 60, 0.9);
  }

  /** A face whose nose is {@code nosePart} of the way from the right ear to the left one. */
  static DetectedFace turned(double centerX, double centerY, double nosePart) {
    Point right = new Point(centerX - 30, centerY);
    Point left = new Point(centerX + 30, centerY);
    Point nose = new Point(centerX - 30 + 60 * nosePart, centerY);
    Box box = Box.around(centerX, centerY, 60, 60);
    return new DetectedFace(box, 0.9, new Landmarks(right, left, nose, nose, right, left));
  }
}
