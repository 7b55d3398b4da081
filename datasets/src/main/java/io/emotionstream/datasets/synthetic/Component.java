// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.synthetic;

/**
 * One principal component of faces, quantized: pixel i of the unit vector is {@code scale *
 * values[i]}.
 *
 * @param values {@link FaceStatistics#PIXELS} signed bytes, row by row from the top; not copied
 * @param scale value of one step; positive
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: it only carries numbers
public record Component(byte[] values, float scale) {
  private static final int MAX = Byte.MAX_VALUE;

  public Component {
    FaceStatistics.requireLength("component", values.length, FaceStatistics.PIXELS);
    if (!(scale > 0) || Float.isInfinite(scale)) {
      throw new IllegalArgumentException("component scale must be positive, was " + scale);
    }
  }

  /**
   * Quantizes a vector to 255 steps between minus and plus its greatest absolute value.
   *
   * @throws IllegalArgumentException if it has another number of pixels, is all zero or not finite
   */
  public static Component quantize(float[] vector) {
    float greatest = 0;
    for (float value : vector) {
      greatest = Math.max(greatest, Math.abs(value)); // NaN stays and fails below
    }
    float scale = greatest / MAX;
    byte[] values = new byte[vector.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) Math.round(vector[i] / scale);
    }
    return new Component(values, scale);
  }

  /** Returns the vector, {@link FaceStatistics#PIXELS} values. */
  float[] toVector() {
    float[] vector = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      vector[i] = scale * values[i];
    }
    return vector;
  }
}
