// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.explore;

import io.emotionstream.datasets.fer2013.Usage;
import io.emotionstream.datasets.synthetic.SyntheticFaces;
import io.emotionstream.model.Emotions;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.trainer.data.FoundFace;
import io.emotionstream.trainer.data.LabeledFace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Data sets of faces that no one has, the same at each run. */
final class DrawnFaces {
  static final int SIDE = 48;

  private final SyntheticFaces faces;
  private final RandomGenerator random;
  private final List<FoundFace> all = new ArrayList<>();

  DrawnFaces(long seed) {
    try {
      faces = SyntheticFaces.shipped();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    random = new SplittableRandom(seed);
  }

  byte[] draw(Emotion emotion) {
    return faces.draw(Emotions.ALL.indexOf(emotion), random);
  }

  DrawnFaces add(Usage usage, Emotion label, byte[] pixels) {
    int row = all.size();
    all.add(
        new FoundFace("line " + (row + 2), usage, new LabeledFace(row, label, pixels), SIDE, SIDE));
    return this;
  }

  List<FoundFace> faces() {
    return List.copyOf(all);
  }

  List<PixelMeasures> measures() {
    return all.stream().map(face -> PixelMeasures.of(face.face().pixels())).toList();
  }

  static byte[] constant(int gray) {
    byte[] pixels = new byte[SIDE * SIDE];
    Arrays.fill(pixels, (byte) gray);
    return pixels;
  }

  /** Returns the picture with other light, and a little noise that hardly shows. */
  byte[] retouched(byte[] pixels) {
    byte[] other = pixels.clone();
    for (int i = 0; i < other.length; i++) {
      double gray = 0.9 * (pixels[i] & 0xFF) + 12 + random.nextInt(5);
      other[i] = (byte) Math.min(255, Math.round(gray));
    }
    return other;
  }

  /** Returns the picture with each pixel replaced by the mean of its neighbourhood. */
  static byte[] blurred(byte[] pixels, int radius) {
    byte[] soft = new byte[pixels.length];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int sum = 0;
        int count = 0;
        for (int v = Math.max(0, y - radius); v <= Math.min(SIDE - 1, y + radius); v++) {
          for (int u = Math.max(0, x - radius); u <= Math.min(SIDE - 1, x + radius); u++) {
            sum += pixels[v * SIDE + u] & 0xFF;
            count++;
          }
        }
        soft[y * SIDE + x] = (byte) (sum / count);
      }
    }
    return soft;
  }
}
