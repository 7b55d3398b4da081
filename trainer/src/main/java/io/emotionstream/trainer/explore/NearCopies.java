// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.explore;

import static io.emotionstream.model.FaceNormalizer.PIXELS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Finds all pairs of pictures whose pixels correlate, without comparing all pixels of all pairs.
 *
 * <p>Each picture is scaled to mean 0 and length 1, so that the correlation of two is their inner
 * product. Each is split into its coordinates on K orthonormal vectors and a rest; by
 * Cauchy-Schwarz, the inner product is at most that of the coordinates plus the product of the
 * rests' lengths. Pairs whose bound reaches the threshold are compared pixel by pixel. So no pair
 * is missed: the filter of Faloutsos, Ranganathan and Manolopoulos, "Fast Subsequence Matching in
 * Time-Series Databases" (1994), with the rest's length kept as one more coordinate. All bounds of
 * a block of pairs are one matrix product: 32,000 pictures are 520 million pairs of 129 numbers
 * instead of 2,304. The time grows with the square of the number of pictures.
 */
final class NearCopies {
  private static final int BLOCK = 1024;

  /** More than what rounding can take from a bound. */
  private static final double SLACK = 1e-3;

  private final float[][] basis;
  private final double threshold;

  /**
   * @param basis orthonormal vectors of {@code PIXELS} values; the more of the pictures they hold,
   *     the fewer pairs are compared
   * @param threshold least correlation of a pair, in (0, 1)
   */
  NearCopies(float[][] basis, double threshold) {
    if (!(threshold > 0 && threshold < 1)) {
      throw new IllegalArgumentException(
          "the correlation of near duplicates must be between 0 and 1, was " + threshold);
    }
    this.basis = basis;
    this.threshold = threshold;
  }

  /**
   * Returns the pairs among {@code pictures}, most alike first.
   *
   * @param pictures {@code PIXELS} bytes each; constant ones are like nothing
   * @param chosen positions of the pictures to compare, ascending
   */
  List<NearPair> find(List<byte[]> pictures, int[] chosen) {
    float[][] bounds = new float[chosen.length][];
    for (int from = 0; from < chosen.length; from += BLOCK) {
      int[] block = Arrays.copyOfRange(chosen, from, Math.min(chosen.length, from + BLOCK));
      float[][] rows = coordinates(pictures, block);
      System.arraycopy(rows, 0, bounds, from, rows.length);
    }
    List<NearPair> pairs = new ArrayList<>();
    for (int from = 0; from < chosen.length; from += BLOCK) {
      try (INDArray rows = rows(bounds, from)) {
        for (int other = from; other < chosen.length; other += BLOCK) {
          float[] products;
          try (INDArray columns = rows(bounds, other);
              INDArray product = Nd4j.gemm(rows, columns, false, true);
              INDArray rowByRow = product.dup('c')) {
            products = rowByRow.data().asFloat();
          }
          compare(products, pictures, chosen, from, other, pairs);
        }
      }
    }
    pairs.sort(
        Comparator.comparingDouble(NearPair::correlation)
            .reversed()
            .thenComparingInt(NearPair::first)
            .thenComparingInt(NearPair::second));
    return pairs;
  }

  private void compare(
      float[] products,
      List<byte[]> pictures,
      int[] chosen,
      int from,
      int other,
      List<NearPair> pairs) {
    int columns = Math.min(BLOCK, chosen.length - other);
    float least = (float) (threshold - SLACK);
    for (int at = 0; at < products.length; at++) {
      if (products[at] >= least) {
        int first = from + at / columns;
        int second = other + at % columns;
        if (first < second) {
          double correlation =
              correlation(pictures.get(chosen[first]), pictures.get(chosen[second]));
          if (correlation >= threshold) {
            pairs.add(new NearPair(chosen[first], chosen[second], correlation));
          }
        }
      }
    }
  }

  /** Returns the coordinates of each picture and, last, the length of what they leave out. */
  private float[][] coordinates(List<byte[]> pictures, int[] block) {
    float[][] unit = new float[block.length][];
    for (int i = 0; i < block.length; i++) {
      unit[i] = unit(pictures.get(block[i]));
    }
    try (INDArray rows = Nd4j.create(unit);
        INDArray vectors = Nd4j.create(basis);
        INDArray product = Nd4j.gemm(rows, vectors, false, true)) {
      float[][] projected = product.toFloatMatrix();
      float[][] coordinates = new float[block.length][];
      for (int i = 0; i < block.length; i++) {
        double rest = square(unit[i]) - square(projected[i]);
        coordinates[i] = Arrays.copyOf(projected[i], basis.length + 1);
        coordinates[i][basis.length] = (float) Math.sqrt(Math.max(0, rest));
      }
      return coordinates;
    }
  }

  private static INDArray rows(float[][] bounds, int from) {
    return Nd4j.create(Arrays.copyOfRange(bounds, from, Math.min(bounds.length, from + BLOCK)));
  }

  /** Returns Pearson's correlation of two pictures; 0 if one is constant. */
  static double correlation(byte[] one, byte[] other) {
    long sumOne = 0;
    long sumOther = 0;
    long squaresOne = 0;
    long squaresOther = 0;
    long products = 0;
    for (int i = 0; i < PIXELS; i++) {
      int a = one[i] & 0xFF;
      int b = other[i] & 0xFF;
      sumOne += a;
      sumOther += b;
      squaresOne += (long) a * a;
      squaresOther += (long) b * b;
      products += (long) a * b;
    }
    double scale =
        Math.sqrt((double) (PIXELS * squaresOne - sumOne * sumOne))
            * Math.sqrt((double) (PIXELS * squaresOther - sumOther * sumOther));
    return scale == 0 ? 0 : (PIXELS * products - sumOne * sumOther) / scale;
  }

  private static float[] unit(byte[] picture) {
    double sum = 0;
    for (byte pixel : picture) {
      sum += pixel & 0xFF;
    }
    double mean = sum / PIXELS;
    double squares = 0;
    for (byte pixel : picture) {
      squares += ((pixel & 0xFF) - mean) * ((pixel & 0xFF) - mean);
    }
    double length = Math.sqrt(squares);
    float[] unit = new float[PIXELS];
    for (int i = 0; i < PIXELS && length > 0; i++) {
      unit[i] = (float) (((picture[i] & 0xFF) - mean) / length);
    }
    return unit;
  }

  private static double square(float[] vector) {
    double sum = 0;
    for (float value : vector) {
      sum += (double) value * value;
    }
    return sum;
  }
}
