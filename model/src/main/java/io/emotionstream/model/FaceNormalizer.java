// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

/**
 * The one way from a grayscale picture to network input, in training and serving alike:
 * area-average resize to 48x48, then 0 to 255 becomes 0 to 1.
 */
public final class FaceNormalizer {
  /** Side of the network's input, in pixels. */
  public static final int SIDE = 48;

  /** Number of values of a normalized face, row by row from the top. */
  public static final int PIXELS = SIDE * SIDE;

  /** Name of this normalization; a bundle trained with another one is refused. */
  public static final String VERSION = "gray-bt601-area48-unit/1";

  private FaceNormalizer() {}

  /** Returns {@value #PIXELS} values in [0, 1]. */
  public static float[] normalize(GrayImage image) {
    byte[] pixels = image.pixels();
    float[] face = new float[PIXELS];
    if (image.width() == SIDE && image.height() == SIDE) {
      for (int i = 0; i < PIXELS; i++) {
        face[i] = (pixels[i] & 0xFF) / 255f;
      }
      return face;
    }
    float[] narrow = resizeRows(pixels, image.width(), image.height());
    resizeColumns(narrow, image.height(), face);
    return face;
  }

  /** Averages each row of {@code width} pixels into {@value #SIDE}. */
  private static float[] resizeRows(byte[] pixels, int width, int height) {
    float[] narrow = new float[SIDE * height];
    double scale = (double) width / SIDE;
    for (int x = 0; x < SIDE; x++) {
      double from = x * scale;
      double to = Math.min(from + scale, width);
      for (int y = 0; y < height; y++) {
        double sum = 0;
        for (int i = (int) from; i < to; i++) {
          sum += overlap(i, from, to) * (pixels[y * width + i] & 0xFF);
        }
        narrow[y * SIDE + x] = (float) (sum / (to - from));
      }
    }
    return narrow;
  }

  /** Averages {@code height} rows into {@value #SIDE} and scales to [0, 1]. */
  private static void resizeColumns(float[] narrow, int height, float[] face) {
    double scale = (double) height / SIDE;
    for (int y = 0; y < SIDE; y++) {
      double from = y * scale;
      double to = Math.min(from + scale, height);
      for (int x = 0; x < SIDE; x++) {
        double sum = 0;
        for (int i = (int) from; i < to; i++) {
          sum += overlap(i, from, to) * narrow[i * SIDE + x];
        }
        face[y * SIDE + x] = (float) Math.min(1, sum / (to - from) / 255);
      }
    }
  }

  /** Returns how much of pixel [i, i + 1) lies in [from, to). */
  private static double overlap(int i, double from, double to) {
    return Math.min(i + 1, to) - Math.max(i, from);
  }
}
