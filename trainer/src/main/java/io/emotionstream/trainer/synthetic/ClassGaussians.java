// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.synthetic;

import static io.emotionstream.datasets.synthetic.FaceStatistics.CLASSES;

import io.emotionstream.datasets.synthetic.Expression;
import java.util.ArrayList;
import java.util.List;

/**
 * Mean and covariance of each class over component coordinates, from faces added one by one.
 *
 * <p>A class covariance is mixed with that of all classes as if {@value #SHARED} further faces had
 * the latter, so that a rare class (436 faces of disgust) does not learn its few faces by heart.
 */
final class ClassGaussians {
  private static final int SHARED = 1000;

  private final int size;
  private final double[][] sums;
  private final double[][] products;
  private final int[] counts = new int[CLASSES];

  ClassGaussians(int size) {
    this.size = size;
    sums = new double[CLASSES][size];
    products = new double[CLASSES][Expression.factorLength(size)];
  }

  void add(int label, float[] coordinates) {
    counts[label]++;
    int at = 0;
    for (int i = 0; i < size; i++) {
      sums[label][i] += coordinates[i];
      for (int j = 0; j <= i; j++) {
        products[label][at++] += (double) coordinates[i] * coordinates[j];
      }
    }
  }

  /**
   * Returns one Gaussian for each class.
   *
   * @throws IllegalArgumentException if a class has no face
   */
  List<Expression> toExpressions() {
    double[] pooled = new double[Expression.factorLength(size)];
    double[][] scatters = new double[CLASSES][];
    int total = 0;
    for (int label = 0; label < CLASSES; label++) {
      if (counts[label] == 0) {
        throw new IllegalArgumentException(
            "class " + label + " has no face: statistics need faces of all " + CLASSES);
      }
      scatters[label] = scatter(label);
      total += counts[label];
      for (int at = 0; at < pooled.length; at++) {
        pooled[at] += scatters[label][at];
      }
    }
    List<Expression> expressions = new ArrayList<>();
    for (int label = 0; label < CLASSES; label++) {
      double[] covariance = scatters[label];
      for (int at = 0; at < pooled.length; at++) {
        double shared = SHARED * pooled[at] / total;
        covariance[at] = (covariance[at] + shared) / (counts[label] + SHARED);
      }
      expressions.add(new Expression(mean(label), cholesky(covariance)));
    }
    return expressions;
  }

  private float[] mean(int label) {
    float[] mean = new float[size];
    for (int i = 0; i < size; i++) {
      mean[i] = (float) (sums[label][i] / counts[label]);
    }
    return mean;
  }

  /** Returns the packed sum of products of differences from the class mean. */
  private double[] scatter(int label) {
    double[] scatter = products[label].clone();
    int at = 0;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        scatter[at++] -= sums[label][i] * sums[label][j] / counts[label];
      }
    }
    return scatter;
  }

  /** Returns the packed lower triangular L with {@code L L^T} equal to {@code covariance}. */
  private float[] cholesky(double[] covariance) {
    double[] factor = covariance.clone();
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = factor[index(i, j)];
        for (int k = 0; k < j; k++) {
          rest -= factor[index(i, k)] * factor[index(j, k)];
        }
        // A direction without variance, possible with very few faces, gets none.
        factor[index(i, j)] =
            i == j ? Math.sqrt(Math.max(rest, 0)) : quotient(rest, factor[index(j, j)]);
      }
    }
    float[] rounded = new float[factor.length];
    for (int at = 0; at < rounded.length; at++) {
      rounded[at] = (float) factor[at];
    }
    return rounded;
  }

  private static double quotient(double value, double divisor) {
    return divisor > 1e-9 ? value / divisor : 0;
  }

  private static int index(int i, int j) {
    return i * (i + 1) / 2 + j;
  }
}
