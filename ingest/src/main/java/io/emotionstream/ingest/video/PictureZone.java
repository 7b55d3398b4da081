// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.video;

/** A part of a camera's picture, in fractions of it, so that it holds at every resolution. */
public sealed interface PictureZone permits PictureArea, PicturePolygon {

  /**
   * Returns whether a point lies in this part.
   *
   * @param x 0 at the left edge of the picture, 1 at its right edge
   * @param y 0 at the top edge of the picture, 1 at its bottom edge
   */
  boolean contains(double x, double y);
}
