// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier.quantify;

import java.util.SplittableRandom;

/**
 * Draws from gamma distributions of scale 1: Marsaglia and Tsang 2000, "A simple method for
 * generating gamma variables"; below a shape of 1 by their remark that Gamma(a) is Gamma(a + 1)
 * times the a-th root of a uniform number.
 */
final class Gamma {
  private Gamma() {}

  /**
   * @param shape positive; also the mean
   */
  static double draw(double shape, SplittableRandom random) {
    if (shape < 1) {
      return draw(shape + 1, random) * Math.pow(1 - random.nextDouble(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double normal = random.nextGaussian();
      double root = 1 + c * normal;
      double v = root * root * root;
      if (root > 0
          && Math.log(1 - random.nextDouble())
              < 0.5 * normal * normal + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }
}
