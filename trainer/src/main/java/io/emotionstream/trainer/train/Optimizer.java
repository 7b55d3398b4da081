// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import io.emotionstream.trainer.network.ParameterKind;

/**
 * Updates flat parameters step by step and keeps their moving average. Not thread-safe.
 *
 * <p>Keeps two numbers for each parameter: the accumulated step and, for Adam, the mean square of
 * the gradient.
 */
final class Optimizer {
  private static final float SQUARE_DECAY = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final Optimization settings;
  private final ParameterKind[] kinds;
  private final float[] parameters;
  private final float[] velocity;
  private final float[] square;
  private final float[] average;
  private long steps;

  Optimizer(Optimization settings, ParameterKind[] kinds, float[] initial) {
    this(
        settings,
        kinds,
        new State(
            initial, new float[initial.length], squares(settings, initial.length), initial, 0));
  }

  Optimizer(Optimization settings, ParameterKind[] kinds, State state) {
    this.settings = settings;
    this.kinds = kinds;
    parameters = state.parameters().clone();
    velocity = state.velocity().clone();
    square = state.square().clone();
    average = state.average().clone();
    steps = state.steps();
  }

  private static float[] squares(Optimization settings, int length) {
    return new float[settings.algorithm() == Optimization.Algorithm.ADAM ? length : 0];
  }

  /**
   * What is needed to go on.
   *
   * @param parameters weights and running statistics
   * @param velocity accumulated steps
   * @param square mean squares of the gradients; empty but for Adam
   * @param average moving average of the parameters
   * @param steps steps done
   */
  @SuppressWarnings("ArrayRecordComponent") // written and read, never compared
  record State(float[] parameters, float[] velocity, float[] square, float[] average, long steps) {}

  /** Returns the state, of the optimizer's own arrays: changed by the next step. */
  State state() {
    return new State(parameters, velocity, square, average, steps);
  }

  /**
   * Takes one step.
   *
   * @param gradient mean gradient over the batch; for running statistics what to subtract
   * @param rate learning rate; 0 changes running statistics only
   */
  void step(float[] gradient, double rate) {
    steps++;
    if (settings.algorithm() == Optimization.Algorithm.ADAM) {
      adam(gradient, (float) rate);
    } else {
      nesterov(gradient, (float) rate);
    }
    updateAverage();
  }

  private void nesterov(float[] gradient, float rate) {
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
      parameters[i] -= rate * (slope + momentum * velocity[i]);
    }
  }

  private void adam(float[] gradient, float rate) {
    float momentum = (float) settings.momentum();
    float decay = (float) settings.weightDecay();
    float corrected = (float) (rate / (1 - Math.pow(momentum, (double) steps)));
    float squareCorrection = (float) (1 / (1 - Math.pow(SQUARE_DECAY, (double) steps)));
    for (int i = 0; i < parameters.length; i++) {
      if (kinds[i] == ParameterKind.RUNNING_STATISTIC) {
        parameters[i] -= gradient[i];
        continue;
      }
      velocity[i] = momentum * velocity[i] + (1 - momentum) * gradient[i];
      square[i] = SQUARE_DECAY * square[i] + (1 - SQUARE_DECAY) * gradient[i] * gradient[i];
      if (kinds[i] == ParameterKind.WEIGHT) {
        parameters[i] -= rate * decay * parameters[i];
      }
      parameters[i] -=
          corrected * velocity[i] / ((float) Math.sqrt(square[i] * squareCorrection) + EPSILON);
    }
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

  /** Returns the moving average itself: not a copy. */
  float[] average() {
    return average;
  }

  long steps() {
    return steps;
  }
}
