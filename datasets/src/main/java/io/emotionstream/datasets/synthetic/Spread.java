// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.synthetic;

/**
 * A one-dimensional Gaussian.
 *
 * @param mean finite
 * @param deviation standard deviation, finite, not negative
 */
public record Spread(float mean, float deviation) {
  public Spread {
    if (!Float.isFinite(mean) || !Float.isFinite(deviation) || deviation < 0) {
      throw new IllegalArgumentException(
          "spread must be finite and not negative, was mean %s, deviation %s"
              .formatted(mean, deviation));
    }
  }
}
