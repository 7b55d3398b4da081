// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.track;

import io.emotionstream.ingest.detect.Box;
import io.emotionstream.ingest.detect.GrayPicture;
import io.emotionstream.schemas.FaceImage;
import io.emotionstream.schemas.ImageEncoding;
import java.nio.ByteBuffer;

/** Cuts squares out of a picture. */
public final class FaceCropper {
  /**
   * Longest side of a crop, in pixels: four times what the network reads. A longer one is averaged
   * down by a whole number.
   */
  public static final int MAX_SIDE = 192;

  private FaceCropper() {}

  /**
   * Returns the pixels of {@code square}, at the resolution of the picture or, where that is too
   * large, below. Where it reaches over the border, the border's pixels go on.
   *
   * @param square as wide as it is high
   */
  public static FaceImage cut(GrayPicture picture, Box square) {
    int wanted = Math.max(1, (int) Math.round(square.width()));
    int step = (wanted + MAX_SIDE - 1) / MAX_SIDE;
    int side = Math.max(1, wanted / step);
    int left = (int) Math.round(square.centerX() - side * step / 2.0);
    int top = (int) Math.round(square.centerY() - side * step / 2.0);
    byte[] pixels = new byte[side * side];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        pixels[y * side + x] = (byte) mean(picture, left + x * step, top + y * step, step);
      }
    }
    return FaceImage.newBuilder()
        .setEncoding(ImageEncoding.GRAY8)
        .setWidth(side)
        .setHeight(side)
        .setData(ByteBuffer.wrap(pixels))
        .build();
  }

  private static int mean(GrayPicture picture, int left, int top, int step) {
    if (step == 1) {
      return picture.at(left, top);
    }
    int sum = 0;
    for (int y = top; y < top + step; y++) {
      for (int x = left; x < left + step; x++) {
        sum += picture.at(x, y);
      }
    }
    int count = step * step;
    return (sum + count / 2) / count;
  }
}
