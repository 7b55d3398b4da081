// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.video;

/**
 * A rectangle in fractions of the picture, origin at its top left corner, so that it holds at every
 * resolution.
 *
 * @param x left edge, 0 to below 1
 * @param y top edge, 0 to below 1
 * @param width above 0; x + width is at most 1
 * @param height above 0; y + height is at most 1
 */
public record PictureArea(double x, double y, double width, double height) implements PictureZone {
  /** The whole picture. */
  public static final PictureArea ALL = new PictureArea(0, 0, 1, 1);

  /** Sums such as 0.7 + 0.3 may come out above 1 by this much. */
  private static final double ROUNDING = 1e-9;

  public PictureArea {
    boolean inside =
        x >= 0
            && y >= 0
            && width > 0
            && height > 0 // false for NaN
            && x + width <= 1 + ROUNDING
            && y + height <= 1 + ROUNDING;
    if (!inside) {
      throw new IllegalArgumentException(
          "an area is [x, y, width, height] in fractions of the picture from 0 to 1 and lies"
              + " inside it, was [%s, %s, %s, %s]".formatted(x, y, width, height));
    }
  }

  @Override
  public boolean contains(double pointX, double pointY) {
    return pointX >= x && pointX < x + width && pointY >= y && pointY < y + height;
  }
}
