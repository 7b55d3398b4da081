// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.track;

import io.emotionstream.ingest.detect.Box;

/**
 * Which square of the picture is cut out for a face.
 *
 * @param scale side of the square, in sides of the face's box
 * @param down how far the square's centre lies below that of the box, in heights of the box
 */
public record CropShape(double scale, double down) {
  /** The shape in which crops look most like those of FER-2013; the README has the table. */
  public static final CropShape FER_2013 = new CropShape(1.1, -0.05);

  public CropShape {
    if (!(scale > 0) || !Double.isFinite(scale + down)) {
      throw new IllegalArgumentException(
          "a crop needs a positive scale and a finite shift, was %s and %s".formatted(scale, down));
    }
  }

  /** Returns the square for {@code face}; it may reach over the picture's border. */
  public Box of(Box face) {
    double side = scale * Math.sqrt(face.area());
    return Box.around(face.centerX(), face.centerY() + down * face.height(), side, side);
  }
}
