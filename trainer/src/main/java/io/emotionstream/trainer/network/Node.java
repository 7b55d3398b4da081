// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

import java.util.List;

/**
 * One operation of a network over maps of shape [n, channels, side, side]; its output has its name.
 */
sealed interface Node {
  String name();

  /** Returns the names of the nodes it reads. */
  List<String> inputs();

  /**
   * A convolution without bias, padded so that the output side is the input side over the stride;
   * where the padding is odd, the greater half is at the bottom and right, as in DL4J's Same mode.
   *
   * @param in input channels
   * @param out output channels
   * @param kernel side of the kernel
   * @param depthwise whether each channel has its own kernel, so that {@code in} equals {@code out}
   */
  record Convolution(
      String name, String input, int in, int out, int kernel, int stride, boolean depthwise)
      implements Node {
    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    /** Returns the number of weights. */
    int weights() {
      return out * (depthwise ? 1 : in) * kernel * kernel;
    }
  }

  /** Batch normalization (Ioffe and Szegedy 2015), then ReLU if {@code rectified}. */
  record Normalization(String name, String input, int channels, boolean rectified) implements Node {
    @Override
    public List<String> inputs() {
      return List.of(input);
    }
  }

  /** Maximum or mean over 2x2 pixels. */
  record Pooling(String name, String input, boolean maximum) implements Node {
    @Override
    public List<String> inputs() {
      return List.of(input);
    }
  }

  /**
   * Squeeze-and-excitation (Hu, Shen and Sun 2018): each channel is scaled by a gate in (0, 1) that
   * two dense layers compute from the means of all channels.
   *
   * @param squeezed width of the layer between
   */
  record Excitation(String name, String input, int channels, int squeezed) implements Node {
    @Override
    public List<String> inputs() {
      return List.of(input);
    }
  }

  /** The sum of two maps, then ReLU. */
  record Addition(String name, String left, String right) implements Node {
    @Override
    public List<String> inputs() {
      return List.of(left, right);
    }
  }
}
