// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.video;

import java.util.List;

/**
 * A polygon in fractions of the picture, origin at its top left corner. Where its edges cross,
 * every part that they enclose belongs to it: what an operator drew around is in.
 *
 * @param corners in their order around it, the last one joined to the first; at least 3, which
 *     enclose something
 */
public record PicturePolygon(List<Corner> corners) implements PictureZone {
  /** More corners than anybody draws. */
  static final int MAX_CORNERS = 1000;

  /** A thousandth of the width by a thousandth of the height: less is a slip of the pen. */
  private static final double MIN_AREA = 1e-6;

  /**
   * A corner.
   *
   * @param x 0 to 1, from the left
   * @param y 0 to 1, from the top
   */
  public record Corner(double x, double y) {
    public Corner {
      if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) { // true for NaN
        throw new IllegalArgumentException(
            "a corner is [x, y] in fractions of the picture from 0 to 1, was [%s, %s]"
                .formatted(x, y));
      }
    }
  }

  public PicturePolygon {
    corners = List.copyOf(corners);
    if (corners.size() < 3 || corners.size() > MAX_CORNERS) {
      throw new IllegalArgumentException(
          "a polygon has 3 to %d corners, was %d".formatted(MAX_CORNERS, corners.size()));
    }
    if (area(corners) < MIN_AREA) {
      throw new IllegalArgumentException(
          "a polygon encloses nothing, or its corners are not in their order around it: "
              + corners);
    }
  }

  @Override
  public boolean contains(double x, double y) {
    // How often the edges wind around the point: https://en.wikipedia.org/wiki/Point_in_polygon
    int winding = 0;
    Corner from = corners.get(corners.size() - 1);
    for (Corner to : corners) {
      double side = (to.x - from.x) * (y - from.y) - (x - from.x) * (to.y - from.y);
      if (from.y <= y && to.y > y && side > 0) {
        winding++;
      } else if (from.y > y && to.y <= y && side < 0) {
        winding--;
      }
      from = to;
    }
    return winding != 0;
  }

  private static double area(List<Corner> corners) {
    double twice = 0;
    Corner from = corners.get(corners.size() - 1);
    for (Corner to : corners) {
      twice += from.x * to.y - to.x * from.y;
      from = to;
    }
    return Math.abs(twice) / 2;
  }
}
