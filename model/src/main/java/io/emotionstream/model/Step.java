// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import java.util.List;

/**
 * One computation of a {@link ServingGraph}: it makes the value called {@link #name} out of the
 * values called {@link #inputs}. Weights are row by row in the order that their comment gives.
 */
sealed interface Step {
  /** Returns the name of the value it makes. */
  String name();

  /** Returns the names of the values it needs. */
  List<String> inputs();

  /** Returns the same computation of other values. */
  Step withInputs(List<String> inputs);

  /** Kinds of {@link Activate}. */
  enum Function {
    RELU,
    SIGMOID,
    SOFTMAX
  }

  /**
   * A convolution with bias.
   *
   * @param weights [kernel height, kernel width, channels in, channels out]
   * @param bias [channels out]
   * @param same whether the padding is that of DL4J's mode {@code Same}
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Convolve(
      String name,
      List<String> inputs,
      Window rows,
      Window columns,
      boolean same,
      int channelsIn,
      int channelsOut,
      float[] weights,
      float[] bias)
      implements Step {
    @Override
    public Step withInputs(List<String> others) {
      return new Convolve(
          name, others, rows, columns, same, channelsIn, channelsOut, weights, bias);
    }
  }

  /**
   * A convolution of each channel by itself, with bias.
   *
   * @param multiplier outputs of each channel, neighbours in the output
   * @param weights [kernel height, kernel width, channels, multiplier]
   * @param bias [channels * multiplier]
   * @param same whether the padding is that of DL4J's mode {@code Same}
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record ConvolveDepthwise(
      String name,
      List<String> inputs,
      Window rows,
      Window columns,
      boolean same,
      int channels,
      int multiplier,
      float[] weights,
      float[] bias)
      implements Step {
    @Override
    public Step withInputs(List<String> others) {
      return new ConvolveDepthwise(
          name, others, rows, columns, same, channels, multiplier, weights, bias);
    }
  }

  /**
   * Each channel times its scale plus its shift: a batch normalization with running statistics.
   *
   * @param scale [channels]
   * @param shift [channels]
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Normalize(String name, List<String> inputs, float[] scale, float[] shift) implements Step {
    @Override
    public Step withInputs(List<String> others) {
      return new Normalize(name, others, scale, shift);
    }
  }

  /** A function of each value, or of each vector in the case of the softmax. */
  record Activate(String name, List<String> inputs, Function function) implements Step {
    @Override
    public Step withInputs(List<String> others) {
      return new Activate(name, others, function);
    }
  }

  /**
   * Maximum or mean of neighbours.
   *
   * @param same whether the padding is that of DL4J's mode {@code Same}
   */
  record Pool(
      String name, List<String> inputs, Window rows, Window columns, boolean same, boolean maximum)
      implements Step {
    @Override
    public Step withInputs(List<String> others) {
      return new Pool(name, others, rows, columns, same, maximum);
    }
  }

  /** Mean of each channel. */
  record Average(String name, List<String> inputs) implements Step {
    @Override
    public Step withInputs(List<String> others) {
      return new Average(name, others);
    }
  }

  /**
   * A fully connected layer with bias.
   *
   * @param weights [in, out]
   * @param bias [out]
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Connect(String name, List<String> inputs, int in, int out, float[] weights, float[] bias)
      implements Step {
    @Override
    public Step withInputs(List<String> others) {
      return new Connect(name, others, in, out, weights, bias);
    }
  }

  /** Sum of two or more values of one shape. */
  record Add(String name, List<String> inputs) implements Step {
    @Override
    public Step withInputs(List<String> others) {
      return new Add(name, others);
    }
  }

  /** Each channel of the first input times its gate in the second, see {@link ChannelScale}. */
  record Scale(String name, List<String> inputs) implements Step {
    @Override
    public Step withInputs(List<String> others) {
      return new Scale(name, others);
    }
  }
}
