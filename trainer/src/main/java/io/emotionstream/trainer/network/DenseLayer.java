// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

import io.emotionstream.trainer.network.ParameterLayout.Range;
import java.util.Arrays;

/** A small dense layer without activation; weights are [out, in] row by row. */
final class DenseLayer {
  private final int in;
  private final int out;
  private final Range weightRange;
  private final Range biasRange;
  private final float[] weights;
  private final float[] bias;
  private final float[] weightGradient;
  private final float[] biasGradient;

  DenseLayer(int in, int out, Range weightRange, Range biasRange) {
    this.in = in;
    this.out = out;
    this.weightRange = weightRange;
    this.biasRange = biasRange;
    weights = new float[out * in];
    bias = new float[out];
    weightGradient = new float[out * in];
    biasGradient = new float[out];
  }

  void upload(float[] parameters) {
    System.arraycopy(parameters, weightRange.offset(), weights, 0, weights.length);
    System.arraycopy(parameters, biasRange.offset(), bias, 0, bias.length);
  }

  /**
   * Computes the outputs.
   *
   * @param x inputs, [count, in]
   * @param y receives outputs, [count, out]
   */
  void forward(float[] x, int count, float[] y) {
    for (int n = 0; n < count; n++) {
      for (int o = 0; o < out; o++) {
        float sum = bias[o];
        for (int i = 0; i < in; i++) {
          sum += weights[o * in + i] * x[n * in + i];
        }
        y[n * out + o] = sum;
      }
    }
  }

  /**
   * Computes the gradients, summed over the batch.
   *
   * @param x inputs of the forward computation
   * @param dy gradient of the outputs, [count, out]
   * @param dx receives the gradient of the inputs, [count, in]
   */
  void backward(float[] x, float[] dy, int count, float[] dx) {
    Arrays.fill(weightGradient, 0);
    Arrays.fill(biasGradient, 0);
    Arrays.fill(dx, 0);
    for (int n = 0; n < count; n++) {
      for (int o = 0; o < out; o++) {
        float slope = dy[n * out + o];
        biasGradient[o] += slope;
        for (int i = 0; i < in; i++) {
          weightGradient[o * in + i] += slope * x[n * in + i];
        }
        for (int i = 0; i < in; i++) {
          dx[n * in + i] += slope * weights[o * in + i];
        }
      }
    }
  }

  void download(float[] gradient) {
    System.arraycopy(weightGradient, 0, gradient, weightRange.offset(), weights.length);
    System.arraycopy(biasGradient, 0, gradient, biasRange.offset(), bias.length);
  }
}
