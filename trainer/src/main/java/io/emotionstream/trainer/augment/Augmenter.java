// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.augment;

import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.trainer.data.LabeledFace;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Makes normalized, randomly varied training input out of faces.
 *
 * <p>All chance derives from the seed, the epoch and the face's row, so neither the order of the
 * faces nor the number of threads matters. Immutable and safe for use by several threads.
 */
public final class Augmenter {
  private static final int SIDE = FaceNormalizer.SIDE;
  private static final double ERASE_MIN_AREA = 0.02;
  private static final double ERASE_MAX_AREA = 0.2;
  private static final double ERASE_MAX_ASPECT = 3;

  /** Keeps the draws of mixup apart from those of single faces. */
  private static final long MIXUP = 0x6D697875; // "mixu"

  private final Augmentation augmentation;
  private final long seed;

  /** Creates an augmenter whose draws depend on {@code seed}. */
  public Augmenter(Augmentation augmentation, long seed) {
    this.augmentation = augmentation;
    this.seed = seed;
  }

  /**
   * Writes one varied face, values in [0, 1].
   *
   * @param epoch number of the epoch, the first 0
   * @param target receives {@link FaceNormalizer#PIXELS} values from {@code offset} on
   */
  public void augment(LabeledFace face, int epoch, float[] target, int offset) {
    SplittableRandom random = Seeds.random(seed, epoch, face.row());
    warp(face.pixels(), random, target, offset);
    changeLight(random, target, offset);
    if (random.nextDouble() < augmentation.eraseChance()) {
      erase(random, target, offset);
    }
  }

  /**
   * Mixes each face of a batch, and its target, with the next one's by a share of its own (mixup,
   * Zhang et al. 2018); the greater share is the face's.
   *
   * @param faces [count, 48, 48] row by row
   * @param targets [count, classes] row by row
   * @param start where the batch begins in the epoch; seeds the shares
   */
  public void mix(float[] faces, float[] targets, int count, int epoch, int start) {
    if (augmentation.mixup() == 0) {
      return;
    }
    SplittableRandom random = Seeds.random(seed, MIXUP, epoch, start);
    float[] firstFace = Arrays.copyOf(faces, faces.length / count);
    float[] firstTarget = Arrays.copyOf(targets, targets.length / count);
    for (int i = 0; i < count; i++) {
      float share = (float) beta(random, augmentation.mixup());
      share = Math.max(share, 1 - share);
      mixInto(faces, i, firstFace, count, share);
      mixInto(targets, i, firstTarget, count, share);
    }
  }

  /** Mixes row {@code i} with the one after it; the last with the first as it was. */
  private static void mixInto(float[] rows, int i, float[] first, int count, float share) {
    int width = first.length;
    float[] other = i + 1 < count ? rows : first;
    int at = i + 1 < count ? (i + 1) * width : 0;
    for (int j = 0; j < width; j++) {
      rows[i * width + j] = share * rows[i * width + j] + (1 - share) * other[at + j];
    }
  }

  /** Draws from the beta distribution with both parameters {@code a}, at most 1 (Jöhnk 1964). */
  private static double beta(SplittableRandom random, double a) {
    while (true) {
      double x = Math.pow(random.nextDouble(), 1 / a);
      double y = Math.pow(random.nextDouble(), 1 / a);
      if (x + y > 0 && x + y <= 1) {
        return x / (x + y);
      }
    }
  }

  /** Mirrors, rotates, zooms and shifts in one bilinear resampling; the border is repeated. */
  private void warp(byte[] pixels, SplittableRandom random, float[] target, int offset) {
    boolean mirrored = random.nextBoolean() && augmentation.flip();
    double angle = Math.toRadians(symmetric(random, augmentation.rotation()));
    double scale = 1 / (1 + symmetric(random, augmentation.zoom()));
    double shiftX = symmetric(random, augmentation.shift());
    double shiftY = symmetric(random, augmentation.shift());
    float cos = (float) (Math.cos(angle) * scale);
    float sin = (float) (Math.sin(angle) * scale);
    float middle = (SIDE - 1) / 2f;
    for (int y = 0; y < SIDE; y++) {
      float v = (float) (y - middle - shiftY);
      for (int x = 0; x < SIDE; x++) {
        float u = (float) ((mirrored ? SIDE - 1 - x : x) - middle - shiftX);
        float sourceX = clamp(cos * u - sin * v + middle);
        float sourceY = clamp(sin * u + cos * v + middle);
        target[offset + y * SIDE + x] = sample(pixels, sourceX, sourceY);
      }
    }
  }

  private static float sample(byte[] pixels, float x, float y) {
    int left = Math.min((int) x, SIDE - 2);
    int top = Math.min((int) y, SIDE - 2);
    float dx = x - left;
    float dy = y - top;
    int at = top * SIDE + left;
    float upper = (pixels[at] & 0xFF) * (1 - dx) + (pixels[at + 1] & 0xFF) * dx;
    float lower = (pixels[at + SIDE] & 0xFF) * (1 - dx) + (pixels[at + SIDE + 1] & 0xFF) * dx;
    return (upper * (1 - dy) + lower * dy) / 255f;
  }

  private void changeLight(SplittableRandom random, float[] target, int offset) {
    float gain = (float) (1 + symmetric(random, augmentation.contrast()));
    float bias = (float) symmetric(random, augmentation.brightness());
    if (gain == 1 && bias == 0) {
      return;
    }
    float mean = 0;
    for (int i = 0; i < FaceNormalizer.PIXELS; i++) {
      mean += target[offset + i];
    }
    mean /= FaceNormalizer.PIXELS;
    float constant = mean * (1 - gain) + bias;
    for (int i = 0; i < FaceNormalizer.PIXELS; i++) {
      target[offset + i] = Math.min(1, Math.max(0, target[offset + i] * gain + constant));
    }
  }

  private static void erase(SplittableRandom random, float[] target, int offset) {
    double area =
        FaceNormalizer.PIXELS
            * (ERASE_MIN_AREA + random.nextDouble() * (ERASE_MAX_AREA - ERASE_MIN_AREA));
    double logAspect = Math.log(ERASE_MAX_ASPECT) * (2 * random.nextDouble() - 1);
    int height = (int) Math.min(SIDE, Math.max(1, Math.sqrt(area * Math.exp(logAspect))));
    int width = (int) Math.min(SIDE, Math.max(1, Math.sqrt(area / Math.exp(logAspect))));
    int top = random.nextInt(SIDE - height + 1);
    int left = random.nextInt(SIDE - width + 1);
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        target[offset + y * SIDE + x] = (float) random.nextDouble();
      }
    }
  }

  private static float clamp(float coordinate) {
    return Math.min(SIDE - 1, Math.max(0, coordinate));
  }

  private static double symmetric(SplittableRandom random, double limit) {
    return (2 * random.nextDouble() - 1) * limit;
  }
}
