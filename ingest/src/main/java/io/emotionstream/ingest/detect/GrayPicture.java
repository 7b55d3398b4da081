// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.detect;

import io.emotionstream.ingest.video.VideoFrame;
import java.nio.ByteBuffer;

/**
 * A grayscale picture whose pixels native code can read where they are.
 *
 * @param width pixels of a row, positive
 * @param height rows, positive
 * @param gray direct buffer of width x height bytes from position 0, row by row from the top, 0
 *     black to 255 white; not copied
 */
public record GrayPicture(int width, int height, ByteBuffer gray) {
  public GrayPicture {
    boolean fits =
        width > 0
            && height > 0
            && gray.isDirect()
            && gray.position() == 0
            && gray.limit() == (long) width * height;
    if (!fits) {
      throw new IllegalArgumentException(
          "a picture of %d x %d needs a direct buffer of as many bytes, got %s"
              .formatted(width, height, gray));
    }
  }

  /** Returns the picture of {@code frame}, valid as long as its pixels are. */
  public static GrayPicture of(VideoFrame frame) {
    return new GrayPicture(frame.width(), frame.height(), frame.gray());
  }

  /** Returns a picture of its own memory with these pixels, row by row from the top. */
  public static GrayPicture copyOf(int width, int height, byte[] pixels) {
    return new GrayPicture(
        width, height, ByteBuffer.allocateDirect(pixels.length).put(pixels).flip());
  }

  /** Returns the pixel, 0 to 255; outside of the picture that of the nearest border. */
  public int at(int x, int y) {
    int column = Math.max(0, Math.min(width - 1, x));
    int row = Math.max(0, Math.min(height - 1, y));
    return gray.get(row * width + column) & 0xFF;
  }
}
