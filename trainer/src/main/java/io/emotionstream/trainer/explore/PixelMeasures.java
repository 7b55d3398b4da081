// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.explore;

import io.emotionstream.model.FaceNormalizer;

/**
 * Measures of one picture, in gray levels from 0 to 255.
 *
 * @param brightness mean
 * @param contrast standard deviation
 * @param sharpness variance of the Laplacian (4 neighbours, edge pixels left out): the less, the
 *     more blurred. Pech-Pacheco et al., "Diatom autofocusing in brightfield microscopy" (2000). It
 *     grows with contrast, so it compares pictures of one kind only
 */
record PixelMeasures(double brightness, double contrast, double sharpness) {
  /** Contrast below which hardly anything is to be seen: 3 of FER-2013's faces. */
  static final double NEARLY_BLANK = 10;

  private static final int SIDE = FaceNormalizer.SIDE;

  static PixelMeasures of(byte[] pixels) {
    Moments gray = new Moments();
    for (byte pixel : pixels) {
      gray.add(pixel & 0xFF);
    }
    Moments laplacian = new Moments();
    for (int y = 1; y < SIDE - 1; y++) {
      for (int x = 1; x < SIDE - 1; x++) {
        int at = y * SIDE + x;
        laplacian.add(
            (pixels[at - 1] & 0xFF)
                + (pixels[at + 1] & 0xFF)
                + (pixels[at - SIDE] & 0xFF)
                + (pixels[at + SIDE] & 0xFF)
                - 4 * (pixels[at] & 0xFF));
      }
    }
    return new PixelMeasures(gray.mean(), Math.sqrt(gray.variance()), laplacian.variance());
  }

  /** Returns whether all pixels are alike. */
  boolean constant() {
    return contrast == 0;
  }

  /** Returns whether the pixels differ, but hardly. */
  boolean nearlyBlank() {
    return !constant() && contrast < NEARLY_BLANK;
  }

  /** Sums of whole numbers, which are exact. */
  private static final class Moments {
    private long count;
    private long sum;
    private long squares;

    void add(int value) {
      count++;
      sum += value;
      squares += (long) value * value;
    }

    double mean() {
      return (double) sum / count;
    }

    double variance() {
      return (double) (count * squares - sum * sum) / ((double) count * count);
    }
  }
}
