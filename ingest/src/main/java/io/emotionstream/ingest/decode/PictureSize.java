// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.decode;

/**
 * How large a picture is decoded, and how large it was sent.
 *
 * @param width of the decoded picture, in pixels
 * @param height of the decoded picture, in pixels
 * @param shrink sent pixels for each decoded one, in both directions; at least 1
 */
public record PictureSize(int width, int height, double shrink) {
  /** Larger pictures are shrunk to this: a face that matters is large in them. */
  static final int MAX_SIDE = 1920;

  static PictureSize of(int width, int height) {
    int side = Math.max(width, height);
    if (side <= MAX_SIDE) {
      return new PictureSize(width, height, 1);
    }
    double shrink = (double) side / MAX_SIDE;
    return new PictureSize(
        Math.max(1, (int) Math.round(width / shrink)),
        Math.max(1, (int) Math.round(height / shrink)),
        shrink);
  }
}
