// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import io.emotionstream.datasets.synthetic.FaceStatistics;
import io.emotionstream.datasets.synthetic.SyntheticFaces;
import java.io.IOException;
import java.util.SplittableRandom;

/** A drawn face that moves to and fro over a gray background; the same picture for each number. */
public final class Scene {
  static final int WIDTH = 160;
  static final int HEIGHT = 120;
  static final int FACE = FaceStatistics.SIDE;
  static final int FACE_TOP = 36;

  private final byte[] face;

  public Scene(long seed) throws IOException {
    face = SyntheticFaces.shipped().draw(3, new SplittableRandom(seed));
  }

  /** Returns where the face's left edge is in picture {@code number}. */
  static int faceLeft(long number) {
    int span = WIDTH - FACE;
    int phase = (int) (number * 2 % (2L * span));
    return phase < span ? phase : 2 * span - phase;
  }

  /** Returns the pixels of picture {@code number}, row by row. */
  byte[] draw(long number) {
    byte[] pixels = new byte[WIDTH * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        pixels[y * WIDTH + x] = (byte) (96 + (x + y + number) % 32);
      }
    }
    int left = faceLeft(number);
    for (int y = 0; y < FACE; y++) {
      System.arraycopy(face, y * FACE, pixels, (FACE_TOP + y) * WIDTH + left, FACE);
    }
    return pixels;
  }
}
