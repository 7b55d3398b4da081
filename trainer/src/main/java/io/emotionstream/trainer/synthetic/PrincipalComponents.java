// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.synthetic;

import static io.emotionstream.datasets.synthetic.FaceStatistics.PIXELS;
import static io.emotionstream.datasets.synthetic.FaceStatistics.SIDE;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.eigen.Eigen;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The directions in which faces vary most: eigenfaces (Turk and Pentland, 1991).
 *
 * @param mean mean face, {@code PIXELS} values
 * @param vectors unit vectors, strongest first; the value of greatest size is positive in each
 * @param variances variance along every direction there is, {@code PIXELS} values, greatest first
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: it only carries numbers
public record PrincipalComponents(float[] mean, float[][] vectors, float[] variances) {
  private static final int CHUNK = 2048;

  /**
   * Returns the {@code count} strongest components of {@code faces}, where each face counts as
   * itself and as its mirror image.
   */
  public static PrincipalComponents of(float[][] faces, int count) {
    float[] mean = symmetric(mean(faces));
    return of(mean, symmetric(covariance(faces, mean)), count);
  }

  /** Returns the {@code count} strongest components of {@code faces} as they are. */
  public static PrincipalComponents unmirrored(float[][] faces, int count) {
    float[] mean = mean(faces);
    return of(mean, covariance(faces, mean), count);
  }

  private static PrincipalComponents of(float[] mean, float[][] covariance, int count) {
    try (INDArray matrix = Nd4j.create(covariance);
        INDArray values = Eigen.symmetricGeneralizedEigenvalues(matrix, true)) {
      float[] weakestFirst = values.toFloatVector();
      float[][] columns = matrix.toFloatMatrix(); // eigenvectors, in the order of the values
      float[] variances = new float[PIXELS];
      float[][] vectors = new float[count][];
      for (int k = 0; k < PIXELS; k++) {
        variances[k] = Math.max(0, weakestFirst[PIXELS - 1 - k]);
      }
      for (int k = 0; k < count; k++) {
        vectors[k] = vector(columns, PIXELS - 1 - k);
      }
      return new PrincipalComponents(mean, vectors, variances);
    }
  }

  /** Returns the coordinates of {@code face} on the components. */
  public float[] project(float[] face) {
    float[] coordinates = new float[vectors.length];
    for (int k = 0; k < vectors.length; k++) {
      float sum = 0;
      for (int i = 0; i < PIXELS; i++) {
        sum += (face[i] - mean[i]) * vectors[k][i];
      }
      coordinates[k] = sum;
    }
    return coordinates;
  }

  /** Returns {@code face} seen in a mirror. */
  static float[] mirror(float[] face) {
    float[] mirrored = new float[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      mirrored[i] = face[mirror(i)];
    }
    return mirrored;
  }

  private static int mirror(int pixel) {
    return pixel - pixel % SIDE + SIDE - 1 - pixel % SIDE;
  }

  private static float[] mean(float[][] faces) {
    double[] sum = new double[PIXELS];
    for (float[] face : faces) {
      for (int i = 0; i < PIXELS; i++) {
        sum[i] += face[i];
      }
    }
    float[] mean = new float[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      mean[i] = (float) (sum[i] / faces.length);
    }
    return mean;
  }

  private static float[][] covariance(float[][] faces, float[] mean) {
    try (INDArray sum = Nd4j.zeros(DataType.FLOAT, PIXELS, PIXELS);
        INDArray center = Nd4j.createFromArray(mean)) {
      for (int from = 0; from < faces.length; from += CHUNK) {
        float[][] chunk = Arrays.copyOfRange(faces, from, Math.min(from + CHUNK, faces.length));
        try (INDArray rows = Nd4j.create(chunk)) {
          rows.subiRowVector(center);
          try (INDArray product = Nd4j.gemm(rows, rows, true, false)) {
            sum.addi(product);
          }
        }
      }
      return sum.divi(faces.length).toFloatMatrix();
    }
  }

  private static float[] symmetric(float[] face) {
    float[] mirrored = mirror(face);
    for (int i = 0; i < PIXELS; i++) {
      mirrored[i] = (mirrored[i] + face[i]) / 2;
    }
    return mirrored;
  }

  /** Averages a covariance with that of the mirror images. */
  private static float[][] symmetric(float[][] covariance) {
    float[][] both = new float[PIXELS][PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      for (int j = 0; j < PIXELS; j++) {
        both[i][j] = (covariance[i][j] + covariance[mirror(i)][mirror(j)]) / 2;
      }
    }
    return both;
  }

  private static float[] vector(float[][] columns, int column) {
    float[] vector = new float[PIXELS];
    float greatest = 0;
    for (int i = 0; i < PIXELS; i++) {
      vector[i] = columns[i][column];
      greatest = Math.abs(vector[i]) > Math.abs(greatest) ? vector[i] : greatest;
    }
    for (int i = 0; greatest < 0 && i < PIXELS; i++) {
      vector[i] = -vector[i];
    }
    return vector;
  }
}
