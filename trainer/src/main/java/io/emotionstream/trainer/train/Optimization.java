// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import java.util.Locale;

/**
 * How the weights are fitted.
 *
 * @param algorithm the rule of a step
 * @param schedule how the learning rate falls after it has risen linearly
 * @param peakRate learning rate after warm-up; positive
 * @param momentum share of the last step that is kept, in [0, 1); Adam's first decay
 * @param warmUp share of the training during which the rate rises, in [0, 1)
 * @param weightDecay penalty on convolution and dense weights; not negative
 * @param labelSmoothing probability spread evenly over all classes in the target, in [0, 1)
 * @param dropout chance that a value before the output layer is zeroed in training, in [0, 1)
 * @param averageDecay decay of the moving average of the weights, which is what is validated and
 *     kept, in [0, 1); 0 keeps the weights themselves
 * @param voteWeight weight of the second question, how people voted on the face, where votes are
 *     given; not negative
 */
public record Optimization(
    Algorithm algorithm,
    Schedule schedule,
    double peakRate,
    double momentum,
    double warmUp,
    double weightDecay,
    double labelSmoothing,
    double dropout,
    double averageDecay,
    double voteWeight) {
  /** What networks are trained with unless told otherwise. */
  public static final Optimization STANDARD =
      new Optimization(
          Algorithm.NESTEROV, Schedule.COSINE, 0.1, 0.9, 0.06, 5e-4, 0.1, 0.2, 0.998, 0.5);

  /** The rule of a step. */
  public enum Algorithm {
    /** Stochastic gradient descent with Nesterov momentum; the penalty is part of the gradient. */
    NESTEROV,
    /** Adam with decoupled weight decay (Loshchilov and Hutter 2019), second decay 0.999. */
    ADAM;

    /** Returns the name on the command line. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How the learning rate falls. */
  public enum Schedule {
    /** By half a cosine to zero (Loshchilov and Hutter 2017). */
    COSINE,
    /** To a tenth after half of the training and to a hundredth after three quarters. */
    STEP;

    /** Returns the name on the command line. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the share of the peak rate after {@code progress} of the descent, in [0, 1]. */
    private double share(double progress) {
      return switch (this) {
        case COSINE -> 0.5 * (1 + Math.cos(Math.PI * progress));
        case STEP -> progress < 0.5 ? 1 : progress < 0.75 ? 0.1 : 0.01;
      };
    }
  }

  public Optimization {
    require(peakRate > 0, "peak rate", peakRate);
    require(weightDecay >= 0, "weight decay", weightDecay);
    require(voteWeight >= 0, "vote weight", voteWeight);
    share("momentum", momentum);
    share("warm-up", warmUp);
    share("label smoothing", labelSmoothing);
    share("dropout", dropout);
    share("average decay", averageDecay);
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
    return peakRate * schedule.share(Math.min(1, (progress - warmUp) / (1 - warmUp)));
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
