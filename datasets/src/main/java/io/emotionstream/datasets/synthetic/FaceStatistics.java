// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.synthetic;

import io.emotionstream.datasets.fer2013.Fer2013Row;
import io.emotionstream.schemas.Emotion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * What many faces have in common: a low-rank Gaussian for each class over principal components.
 *
 * <p>Faces are {@value #SIDE} x {@value #SIDE} pixels, row by row from the top, standardized: each
 * has mean 0 and standard deviation 1, and its brightness and contrast are kept apart. Every number
 * here is an average over hundreds of faces or more; no picture can be read back.
 *
 * @param meanFace mean of all standardized faces, {@value #PIXELS} values; not copied
 * @param components K orthonormal principal components, strongest first; 1 to {@value
 *     #MAX_COMPONENTS}
 * @param expressions one Gaussian for each {@link Emotion}, in label order
 * @param brightness mean gray level of a face, 0 to 255
 * @param logContrast natural logarithm of the standard deviation of a face's gray levels
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: it only carries numbers
public record FaceStatistics(
    float[] meanFace,
    List<Component> components,
    List<Expression> expressions,
    Spread brightness,
    Spread logContrast) {
  /** Width and height of a face, in pixels: that of the faces it is fitted to. */
  public static final int SIDE = Fer2013Row.SIDE;

  /** Pixels of a face. */
  public static final int PIXELS = SIDE * SIDE;

  /** Number of classes. */
  public static final int CLASSES = Emotion.values().length;

  /** Greatest number of components. */
  public static final int MAX_COMPONENTS = 256;

  public FaceStatistics {
    components = List.copyOf(components);
    expressions = List.copyOf(expressions);
    requireLength("mean face", meanFace.length, PIXELS);
    requireFinite("mean face", meanFace);
    requireLength("list of classes", expressions.size(), CLASSES);
    if (components.isEmpty() || components.size() > MAX_COMPONENTS) {
      throw new IllegalArgumentException(
          "components must be 1 to %d, were %d".formatted(MAX_COMPONENTS, components.size()));
    }
    for (Expression expression : expressions) {
      requireLength("class mean", expression.mean().length, components.size());
    }
  }

  /**
   * Reads what {@link #write} wrote; does not close {@code in}.
   *
   * @throws IOException if the bytes cannot be read, are damaged or of another version
   */
  public static FaceStatistics read(InputStream in) throws IOException {
    return FaceStatisticsFormat.read(in);
  }

  /** Writes the binary form, half a megabyte for 128 components; does not close {@code out}. */
  public void write(OutputStream out) throws IOException {
    FaceStatisticsFormat.write(this, out);
  }

  static void requireLength(String what, int length, int expected) {
    if (length != expected) {
      throw new IllegalArgumentException(
          "%s has %d values, expected %d".formatted(what, length, expected));
    }
  }

  static void requireFinite(String what, float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "%s has %s at position %d, expected a finite number".formatted(what, values[i], i));
      }
    }
  }
}
