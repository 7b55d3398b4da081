// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

/**
 * Temperature scaling of softmax outputs: what the softmax of logits / T would have answered.
 *
 * <p>The logits themselves are not needed, for softmax(z / T) is p^(1/T) divided by its sum, where
 * p = softmax(z). The order of the classes, and so the top-1 class, stays the same.
 */
public final class Temperature {
  private Temperature() {}

  /**
   * Returns a scaled copy.
   *
   * @param probabilities in [0, 1], not all zero
   * @param temperature positive; 1 changes nothing
   */
  public static float[] scale(float[] probabilities, double temperature) {
    if (temperature == 1) {
      return probabilities.clone();
    }
    int best = Emotions.ALL.indexOf(Emotions.top1(probabilities));
    double[] powers = new double[probabilities.length];
    double sum = 0;
    for (int i = 0; i < powers.length; i++) {
      powers[i] = Math.pow((double) probabilities[i] / probabilities[best], 1 / temperature);
      sum += powers[i];
    }
    float[] scaled = new float[powers.length];
    float greatest = 0;
    for (int i = 0; i < powers.length; i++) {
      scaled[i] = (float) (powers[i] / sum);
      greatest = Math.max(greatest, scaled[i]);
    }
    // A lead of one rounding step may have been rounded away, and a tie goes to the lower label.
    if (Emotions.ALL.indexOf(Emotions.top1(scaled)) != best) {
      scaled[best] = Math.nextUp(greatest);
    }
    return scaled;
  }
}
