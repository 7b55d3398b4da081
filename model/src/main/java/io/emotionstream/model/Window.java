// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import org.deeplearning4j.nn.conf.ConvolutionMode;

/**
 * How a kernel slides along one side of a picture.
 *
 * @param kernel values it covers
 * @param stride step from one output to the next
 * @param before padding before the first value
 * @param after padding after the last value; differs from {@code before} where DL4J's mode {@code
 *     Same} has an odd number to share
 * @param output number of outputs
 */
record Window(int kernel, int stride, int before, int after, int output) {

  /**
   * Slides as DL4J does.
   *
   * @param padding explicit padding, of no effect in mode {@code Same}
   */
  static Window slide(int input, int kernel, int stride, ConvolutionMode mode, int padding) {
    if (mode == ConvolutionMode.Same) {
      int output = (input + stride - 1) / stride;
      int total = Math.max(0, (output - 1) * stride + kernel - input);
      return new Window(kernel, stride, total / 2, total - total / 2, output);
    }
    int output = (input + 2 * padding - kernel) / stride + 1;
    return new Window(kernel, stride, padding, padding, output);
  }
}
