// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.synthetic;

import static io.emotionstream.datasets.synthetic.FaceStatistics.CLASSES;
import static io.emotionstream.datasets.synthetic.FaceStatistics.PIXELS;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.random.RandomGenerator;

/**
 * Draws faces that no one has, {@link FaceStatistics#SIDE} pixels square, 8-bit grayscale.
 *
 * <p>A draw takes K + 2 Gaussian numbers from the generator: K coordinates, then brightness and
 * contrast; so a generator in the same state gives the same face. Immutable, safe for use by
 * several threads, each with its own generator.
 */
public final class SyntheticFaces {
  /** Resource that holds the shipped statistics. */
  static final String SHIPPED = "faces.bin";

  private final float[] meanFace;
  private final float[][] components;
  private final float[][] centers;
  private final float[][] factors;
  private final Spread brightness;
  private final Spread logContrast;

  public SyntheticFaces(FaceStatistics statistics, Sampling sampling) {
    meanFace = statistics.meanFace();
    components = statistics.components().stream().map(Component::toVector).toArray(float[][]::new);
    centers = centers(statistics, sampling.exaggeration());
    factors =
        statistics.expressions().stream()
            .map(expression -> scaled(expression.factor(), sampling.temperature()))
            .toArray(float[][]::new);
    brightness = scaled(statistics.brightness(), sampling.temperature());
    logContrast = scaled(statistics.logContrast(), sampling.temperature());
  }

  /**
   * Returns the sampler over the shipped statistics, fitted to the FER-2013 training faces.
   *
   * @throws IOException if the resource is missing or damaged
   */
  public static SyntheticFaces shipped() throws IOException {
    return new SyntheticFaces(shippedStatistics(), Sampling.DEFAULT);
  }

  /**
   * Returns the shipped statistics.
   *
   * @throws IOException if the resource is missing or damaged
   */
  public static FaceStatistics shippedStatistics() throws IOException {
    try (InputStream in = SyntheticFaces.class.getResourceAsStream(SHIPPED)) {
      if (in == null) {
        throw new IOException(
            "resource %s of %s is missing: the build is incomplete"
                .formatted(SHIPPED, SyntheticFaces.class.getPackageName()));
      }
      return FaceStatistics.read(new BufferedInputStream(in));
    }
  }

  /**
   * Draws one face.
   *
   * @param label class in label order, 0 to 6
   * @return {@link FaceStatistics#PIXELS} unsigned bytes, row by row from the top, 0 black
   */
  public byte[] draw(int label, RandomGenerator random) {
    if (label < 0 || label >= CLASSES) {
      throw new IllegalArgumentException(
          "label must be between 0 and %d, was %d".formatted(CLASSES - 1, label));
    }
    float[] coordinates = coordinates(label, random);
    float[] face = meanFace.clone();
    for (int k = 0; k < components.length; k++) {
      addScaled(face, coordinates[k], components[k]);
    }
    double light = brightness.mean() + brightness.deviation() * random.nextGaussian();
    double contrast =
        StrictMath.exp(logContrast.mean() + logContrast.deviation() * random.nextGaussian());
    return toGray(face, light, contrast);
  }

  private float[] coordinates(int label, RandomGenerator random) {
    float[] normal = new float[components.length];
    for (int k = 0; k < normal.length; k++) {
      normal[k] = (float) random.nextGaussian();
    }
    float[] coordinates = centers[label].clone();
    float[] factor = factors[label];
    int at = 0;
    for (int i = 0; i < coordinates.length; i++) {
      float sum = 0;
      for (int j = 0; j <= i; j++) {
        sum += factor[at++] * normal[j];
      }
      coordinates[i] += sum;
    }
    return coordinates;
  }

  private static void addScaled(float[] face, float factor, float[] component) {
    for (int i = 0; i < PIXELS; i++) {
      face[i] += factor * component[i];
    }
  }

  /** Gives {@code face} the mean {@code light} and the standard deviation {@code contrast}. */
  private static byte[] toGray(float[] face, double light, double contrast) {
    double sum = 0;
    double squares = 0;
    for (float value : face) {
      sum += value;
      squares += (double) value * value;
    }
    double mean = sum / PIXELS;
    double gain = contrast / Math.sqrt(Math.max(squares / PIXELS - mean * mean, 1e-12));
    byte[] gray = new byte[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      long level = Math.round(light + gain * (face[i] - mean));
      gray[i] = (byte) Math.max(0, Math.min(255, level));
    }
    return gray;
  }

  /** Returns each class mean, moved away from the mean of all. */
  private static float[][] centers(FaceStatistics statistics, double exaggeration) {
    int size = statistics.components().size();
    float[][] centers = new float[CLASSES][size];
    for (int k = 0; k < size; k++) {
      double common = 0;
      for (Expression expression : statistics.expressions()) {
        common += expression.mean()[k] / CLASSES;
      }
      for (int label = 0; label < CLASSES; label++) {
        double own = statistics.expressions().get(label).mean()[k];
        centers[label][k] = (float) (common + exaggeration * (own - common));
      }
    }
    return centers;
  }

  private static Spread scaled(Spread spread, double factor) {
    return new Spread(spread.mean(), (float) (spread.deviation() * factor));
  }

  private static float[] scaled(float[] values, double factor) {
    float[] scaled = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = (float) (values[i] * factor);
    }
    return scaled;
  }
}
