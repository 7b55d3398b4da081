// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.track;

import io.emotionstream.schemas.FaceImage;
import java.nio.ByteBuffer;

/**
 * How much fine detail a face has: variance of the Laplacian over variance of the pixels, at the
 * resolution that the network reads, so that neither the size of a face nor its contrast matters.
 */
final class Sharpness {
  private static final int SIDE = 48;

  private Sharpness() {}

  /** Returns 0 (no detail) to 20 (noise) for a grayscale square; 0 where all pixels are equal. */
  static double of(FaceImage face) {
    int side = Math.min(SIDE, face.getWidth());
    double[] pixels = reduce(face, side);
    Spread values = new Spread();
    Spread edges = new Spread();
    for (int y = 1; y < side - 1; y++) {
      for (int x = 1; x < side - 1; x++) {
        int i = y * side + x;
        values.add(pixels[i]);
        edges.add(
            pixels[i - 1] + pixels[i + 1] + pixels[i - side] + pixels[i + side] - 4 * pixels[i]);
      }
    }
    double contrast = values.variance();
    return contrast > 0 ? edges.variance() / contrast : 0;
  }

  private static double[] reduce(FaceImage face, int side) {
    double[] reduced = new double[side * side];
    int from = face.getWidth();
    ByteBuffer data = face.getData();
    for (int y = 0; y < side; y++) {
      int top = y * from / side;
      int bottom = (y + 1) * from / side;
      for (int x = 0; x < side; x++) {
        int left = x * from / side;
        int right = (x + 1) * from / side;
        double sum = 0;
        for (int i = top; i < bottom; i++) {
          for (int j = left; j < right; j++) {
            sum += data.get(data.position() + i * from + j) & 0xFF;
          }
        }
        reduced[y * side + x] = sum / ((bottom - top) * (right - left));
      }
    }
    return reduced;
  }

  private static final class Spread {
    private long count;
    private double sum;
    private double squares;

    void add(double value) {
      count++;
      sum += value;
      squares += value * value;
    }

    double variance() {
      return count == 0 ? 0 : Math.max(0, squares / count - sum / count * (sum / count));
    }
  }
}
