// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.synthetic;

/**
 * The Gaussian of one class over the K component coordinates.
 *
 * @param mean K values; not copied
 * @param factor lower triangular Cholesky factor of the covariance, packed row by row: entry (i, j)
 *     with j at most i is at {@code i * (i + 1) / 2 + j}; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: it only carries numbers
public record Expression(float[] mean, float[] factor) {
  public Expression {
    FaceStatistics.requireLength("covariance factor", factor.length, factorLength(mean.length));
    FaceStatistics.requireFinite("class mean", mean);
    FaceStatistics.requireFinite("covariance factor", factor);
  }

  /** Returns the number of values of a packed factor over {@code components} coordinates. */
  public static int factorLength(int components) {
    return components * (components + 1) / 2;
  }
}
