// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

/**
 * How the weights are fitted: stochastic gradient descent with Nesterov momentum, a learning rate
 * that warms up linearly and then follows a half cosine to zero.
 *
 * @param peakRate learning rate after warm-up; positive
 * @param momentum share of the last step that is kept, in [0, 1)
 * @param warmUp share of the training during which the rate rises, in [0, 1)
 * @param weightDecay L2 penalty on convolution and dense weights; not negative
 * @param labelSmoothing probability spread evenly over all classes in the target, in [0, 1)
 * @param dropout chance that a value before the output layer is zeroed in training, in [0, 1)
 * @param averageDecay decay of the moving average of the weights, which is what is validated and
 *     kept, in [0, 1); 0 keeps the weights themselves
 */
public record Optimization(
    double peakRate,
    double momentum,
    double warmUp,
    double weightDecay,
    double labelSmoothing,
    double dropout,
    double averageDecay) {
  /** What the shipped model was trained with. */
  public static final Optimization STANDARD =
      new Optimization(0.05, 0.9, 0.06, 5e-4, 0.1, 0.2, 0.998);

  public Optimization {
    require(peakRate > 0, "peak rate", peakRate);
    require(weightDecay >= 0, "weight decay", weightDecay);
    share("momentum", momentum);
    share("warm-up", warmUp);
    share("label smoothing", labelSmoothing);
    share("dropout", dropout);
    share("average decay", averageDecay);
  }

  /** Returns these settings with another peak rate. */
  public Optimization withPeakRate(double rate) {
    return new Optimization(
        rate, momentum, warmUp, weightDecay, labelSmoothing, dropout, averageDecay);
  }

  /**
   * Returns the learning rate at a point of the training.
   *
   * @param progress share of the training that is done, in [0, 1]
   */
  double rateAt(double progress) {
    if (progress < warmUp) {
      return peakRate * progress / warmUp;
    }
    double descent = Math.min(1, (progress - warmUp) / (1 - warmUp));
    return peakRate * 0.5 * (1 + Math.cos(Math.PI * descent));
  }

  private static void share(String name, double value) {
    require(value >= 0 && value < 1, name, value);
  }

  private static void require(boolean holds, String name, double value) {
    if (!holds) {
      throw new IllegalArgumentException("optimization: " + name + " is out of range: " + value);
    }
  }
}
