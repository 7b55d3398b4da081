// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

/**
 * An 8-bit grayscale picture.
 *
 * @param width in pixels, positive
 * @param height in pixels, positive
 * @param pixels row by row from the top, unsigned, 0 black to 255 white; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: it only carries pixels
public record GrayImage(int width, int height, byte[] pixels) {
  public GrayImage {
    if (width < 1 || height < 1 || (long) width * height != pixels.length) {
      throw new IllegalArgumentException(
          "%d x %d pixels need %d bytes, got %d"
              .formatted(width, height, (long) width * height, pixels.length));
    }
  }
}
