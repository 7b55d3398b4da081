// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.baseline;

import io.emotionstream.model.FaceNormalizer;

/**
 * Histograms of oriented gradients: Dalal and Triggs 2005, "Histograms of Oriented Gradients for
 * Human Detection", CVPR.
 *
 * <p>Centered differences without smoothing; {@value #BINS} bins of unsigned orientation over 180
 * degrees, a gradient shared by the two nearest; cells of {@value #CELL} x {@value #CELL} pixels;
 * overlapping blocks of 2 x 2 cells, normalized by L2-Hys (clipped at 0.2). Gradients are not
 * shared among neighbouring cells, which the paper does.
 */
final class Hog {
  /** Number of values of a face. */
  static final int LENGTH;

  private static final int SIDE = FaceNormalizer.SIDE;
  private static final int CELL = 8;
  private static final int CELLS = SIDE / CELL;
  private static final int BINS = 9;
  private static final int BLOCKS = CELLS - 1;
  private static final int BLOCK_LENGTH = 4 * BINS;
  private static final float CLIP = 0.2f;
  private static final float EPSILON = 1e-3f;

  static {
    LENGTH = BLOCKS * BLOCKS * BLOCK_LENGTH;
  }

  private Hog() {}

  /**
   * Describes a face.
   *
   * @param face normalized, {@value FaceNormalizer#PIXELS} values
   * @return {@link #LENGTH} values in [0, 1]
   */
  static float[] of(float[] face) {
    float[][] cells = cells(face);
    float[] features = new float[LENGTH];
    for (int block = 0; block < BLOCKS * BLOCKS; block++) {
      int first = block / BLOCKS * CELLS + block % BLOCKS;
      int at = block * BLOCK_LENGTH;
      System.arraycopy(cells[first], 0, features, at, BINS);
      System.arraycopy(cells[first + 1], 0, features, at + BINS, BINS);
      System.arraycopy(cells[first + CELLS], 0, features, at + 2 * BINS, BINS);
      System.arraycopy(cells[first + CELLS + 1], 0, features, at + 3 * BINS, BINS);
      normalize(features, at, Float.POSITIVE_INFINITY);
      normalize(features, at, CLIP);
    }
    return features;
  }

  private static float[][] cells(float[] face) {
    float[][] cells = new float[CELLS * CELLS][BINS];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        float dx = at(face, x + 1, y) - at(face, x - 1, y);
        float dy = at(face, x, y + 1) - at(face, x, y - 1);
        float[] cell = cells[y / CELL * CELLS + x / CELL];
        vote(cell, Math.atan2(dy, dx), (float) Math.sqrt(dx * dx + dy * dy));
      }
    }
    return cells;
  }

  /** Shares a gradient among the two bins whose centres are nearest to its orientation. */
  private static void vote(float[] cell, double angle, float magnitude) {
    double turns = angle / Math.PI; // of half a circle
    double position = (turns - Math.floor(turns)) * BINS - 0.5;
    int lower = (int) Math.floor(position);
    float upperShare = (float) (position - lower);
    cell[Math.floorMod(lower, BINS)] += magnitude * (1 - upperShare);
    cell[Math.floorMod(lower + 1, BINS)] += magnitude * upperShare;
  }

  private static float at(float[] face, int x, int y) {
    int column = Math.min(SIDE - 1, Math.max(0, x));
    int row = Math.min(SIDE - 1, Math.max(0, y));
    return face[row * SIDE + column];
  }

  /** Divides a block, clipped, by its length. */
  private static void normalize(float[] features, int at, float clip) {
    float squares = EPSILON * EPSILON;
    for (int i = at; i < at + BLOCK_LENGTH; i++) {
      features[i] = Math.min(features[i], clip);
      squares += features[i] * features[i];
    }
    float length = (float) Math.sqrt(squares);
    for (int i = at; i < at + BLOCK_LENGTH; i++) {
      features[i] /= length;
    }
  }
}
