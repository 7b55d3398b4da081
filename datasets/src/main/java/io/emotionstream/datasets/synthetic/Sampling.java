// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.synthetic;

/**
 * How faces are drawn from their statistics.
 *
 * <p>1 and 1 draws from the fitted Gaussians as they are, which vary in pose, light and build far
 * more than in expression. The default keeps less of that variation and exaggerates what sets a
 * class apart from the average of all, so that the drawn class can be recognized.
 *
 * @param temperature factor of the standard deviations within a class, and of those of brightness
 *     and contrast; 0 draws the class mean only
 * @param exaggeration factor of the distance between a class mean and the mean of all classes
 */
public record Sampling(double temperature, double exaggeration) {
  /** What the shipped faces are drawn with. */
  public static final Sampling DEFAULT = new Sampling(0.5, 3.0);

  public Sampling {
    requireFactor("temperature", temperature);
    requireFactor("exaggeration", exaggeration);
  }

  private static void requireFactor(String name, double value) {
    if (!(value >= 0 && value <= 100)) {
      throw new IllegalArgumentException(
          "sampling %s must be between 0 and 100, was %s".formatted(name, value));
    }
  }
}
