// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.detect;

/**
 * Where the parts of a face are, in pixels of the picture. Right and left are the person's own: the
 * right eye of somebody who looks into the camera is further left in the picture.
 */
public record Landmarks(
    Point rightEye, Point leftEye, Point nose, Point mouth, Point rightEar, Point leftEar) {

  /** A place in a picture, in pixels. */
  public record Point(double x, double y) {}

  /**
   * Returns how far the face looks into the camera: 1 where the nose is half way between the ears,
   * 0 where it covers one of them, below 0 where it reaches over.
   */
  public double frontality() {
    double alongX = leftEar.x - rightEar.x;
    double alongY = leftEar.y - rightEar.y;
    double length = alongX * alongX + alongY * alongY;
    if (length == 0) {
      return 0;
    }
    double nosePart = ((nose.x - rightEar.x) * alongX + (nose.y - rightEar.y) * alongY) / length;
    return 1 - Math.abs(2 * nosePart - 1);
  }
}
