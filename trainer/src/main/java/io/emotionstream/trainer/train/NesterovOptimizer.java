// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import io.emotionstream.trainer.network.ParameterKind;

/**
 * Updates flat parameters by stochastic gradient descent with Nesterov momentum, and keeps their
 * moving average. Not thread-safe.
 */
final class NesterovOptimizer {
  private final Optimization settings;
  private final ParameterKind[] kinds;
  private final float[] parameters;
  private final float[] velocity;
  private final float[] average;
  private long steps;

  NesterovOptimizer(Optimization settings, ParameterKind[] kinds, float[] initial) {
    this(settings, kinds, initial, new float[initial.length], initial, 0);
  }

  NesterovOptimizer(
      Optimization settings,
      ParameterKind[] kinds,
      float[] parameters,
      float[] velocity,
      float[] average,
      long steps) {
    this.settings = settings;
    this.kinds = kinds;
    this.parameters = parameters.clone();
    this.velocity = velocity.clone();
    this.average = average.clone();
    this.steps = steps;
  }

  /**
   * Takes one step.
   *
   * @param gradient mean gradient over the batch; for running statistics what to subtract
   * @param rate learning rate; 0 changes running statistics only
   */
  void step(float[] gradient, double rate) {
    float lr = (float) rate;
    float momentum = (float) settings.momentum();
    float decay = (float) settings.weightDecay();
    for (int i = 0; i < parameters.length; i++) {
      if (kinds[i] == ParameterKind.RUNNING_STATISTIC) {
        parameters[i] -= gradient[i];
        continue;
      }
      float slope = gradient[i];
      if (kinds[i] == ParameterKind.WEIGHT) {
        slope += decay * parameters[i];
      }
      velocity[i] = momentum * velocity[i] + slope;
      parameters[i] -= lr * (slope + momentum * velocity[i]);
    }
    steps++;
    updateAverage();
  }

  /** Moves the average towards the parameters, faster in the first steps. */
  private void updateAverage() {
    double decay = Math.min(settings.averageDecay(), (double) steps / (steps + 9));
    float share = (float) (1 - decay);
    for (int i = 0; i < parameters.length; i++) {
      average[i] += share * (parameters[i] - average[i]);
    }
  }

  /** Returns the parameters themselves: not a copy, changed by the next step. */
  float[] parameters() {
    return parameters;
  }

  /** Returns the accumulated steps themselves: not a copy. */
  float[] velocity() {
    return velocity;
  }

  /** Returns the moving average itself: not a copy. */
  float[] average() {
    return average;
  }

  long steps() {
    return steps;
  }
}
