// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.detect;

/**
 * A rectangle in pixels of a picture, origin at its top left corner; it may reach over the border.
 *
 * @param width positive
 * @param height positive
 */
public record Box(double x, double y, double width, double height) {
  public Box {
    if (!(width > 0 && height > 0 && Double.isFinite(x + y + width + height))) {
      throw new IllegalArgumentException(
          "a box needs finite edges and a positive size, was [%s, %s, %s, %s]"
              .formatted(x, y, width, height));
    }
  }

  /** Returns the box of this size around a centre. */
  public static Box around(double centerX, double centerY, double width, double height) {
    return new Box(centerX - width / 2, centerY - height / 2, width, height);
  }

  public double centerX() {
    return x + width / 2;
  }

  public double centerY() {
    return y + height / 2;
  }

  public double area() {
    return width * height;
  }

  /** Returns this box {@code factor} times as large, around the same centre. */
  public Box scaled(double factor) {
    return around(centerX(), centerY(), width * factor, height * factor);
  }

  public Box moved(double dx, double dy) {
    return new Box(x + dx, y + dy, width, height);
  }

  /** Returns the area that both cover. */
  public double intersection(Box other) {
    double w = Math.min(x + width, other.x + other.width) - Math.max(x, other.x);
    double h = Math.min(y + height, other.y + other.height) - Math.max(y, other.y);
    return Math.max(0, w) * Math.max(0, h);
  }

  /** Returns intersection over union, 0 (apart) to 1 (equal). */
  public double overlap(Box other) {
    double both = intersection(other);
    return both / (area() + other.area() - both);
  }

  /** Returns which part of this box lies inside of a picture, 0 to 1. */
  public double inside(int pictureWidth, int pictureHeight) {
    return intersection(new Box(0, 0, pictureWidth, pictureHeight)) / area();
  }
}
