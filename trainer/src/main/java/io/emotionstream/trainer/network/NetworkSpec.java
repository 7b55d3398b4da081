// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

import io.emotionstream.model.Emotions;
import io.emotionstream.model.FaceNormalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * A network's operations in the order of computation, the last of which is averaged over its pixels
 * and feeds a softmax layer: what {@link TrainingPlan} trains and {@link ServingNetworks} makes of
 * DL4J's layers.
 *
 * @param nodes operations; each reads {@link #INPUT} or nodes before it
 * @param features channels of the last node
 * @param multiplyAdds multiply-adds of one face
 */
record NetworkSpec(List<Node> nodes, int features, long multiplyAdds) {
  /** Name of the input, faces of shape [n, 1, 48, 48]. */
  static final String INPUT = "face";

  /** What batch normalization adds to variances. */
  static final float NORMALIZATION_EPSILON = 1e-5f;

  /** Name of the softmax layer. */
  static final String OUTPUT = "emotion";

  NetworkSpec {
    nodes = List.copyOf(nodes);
  }

  /** Strings nodes together, each reading the one before it unless it says otherwise. */
  static final class Builder {
    private static final int KERNEL = 3;
    private static final int EXCITATION_RATIO = 8;

    private final List<Node> nodes = new ArrayList<>();
    private String last = INPUT;
    private int channels = 1;
    private int side = FaceNormalizer.SIDE;
    private int blocks;
    private long multiplyAdds;

    /** Adds a 3x3 convolution to {@code width} maps, batch normalization and ReLU. */
    Builder block(int width) {
      blocks++;
      return convolution("conv" + blocks, width, KERNEL, 1).normalization("norm" + blocks, true);
    }

    /** Adds a {@link #block} and halves its maps by 2x2 max pooling. */
    Builder pooledBlock(int width) {
      return block(width).pool("pool" + blocks, true);
    }

    /**
     * Adds a residual block (He et al. 2016) of two 3x3 convolutions, with squeeze-and-excitation
     * on its residual; where width or side change, the shortcut is averaged and projected (ResNet-D
     * of He et al. 2019).
     */
    Builder residualBlock(int width, int stride) {
      blocks++;
      String suffix = Integer.toString(blocks);
      String input = last;
      int inputChannels = channels;
      int inputSide = side;
      convolution("conv" + suffix + "a", width, KERNEL, stride);
      normalization("norm" + suffix + "a", true);
      convolution("conv" + suffix + "b", width, KERNEL, 1);
      normalization("norm" + suffix + "b", false);
      excitation("scale" + suffix);
      String residual = last;
      int outputSide = side;
      last = input;
      channels = inputChannels;
      side = inputSide;
      if (stride == 2) {
        pool("mean" + suffix, false);
      }
      if (width != channels) {
        convolution("conv" + suffix + "c", width, 1, 1);
        normalization("norm" + suffix + "c", false);
      }
      if (side != outputSide) {
        throw new IllegalStateException("block " + suffix + " does not add up");
      }
      add(new Node.Addition("sum" + suffix, residual, last));
      return this;
    }

    /**
     * Adds a separable block (Howard et al. 2017): a depthwise 3x3 convolution and a 1x1
     * convolution, each with batch normalization and ReLU.
     */
    Builder separableBlock(int width, int stride) {
      blocks++;
      int in = channels;
      side /= stride;
      multiplyAdds += (long) side * side * KERNEL * KERNEL * in;
      add(new Node.Convolution("deep" + blocks, last, in, in, KERNEL, stride, true));
      normalization("norm" + blocks + "a", true);
      return convolution("conv" + blocks, width, 1, 1).normalization("norm" + blocks + "b", true);
    }

    private Builder convolution(String name, int width, int kernel, int stride) {
      side /= stride;
      multiplyAdds += (long) side * side * kernel * kernel * channels * width;
      add(new Node.Convolution(name, last, channels, width, kernel, stride, false));
      channels = width;
      return this;
    }

    private Builder normalization(String name, boolean rectified) {
      add(new Node.Normalization(name, last, channels, rectified));
      return this;
    }

    private Builder pool(String name, boolean maximum) {
      add(new Node.Pooling(name, last, maximum));
      side /= 2;
      return this;
    }

    private void excitation(String name) {
      int squeezed = channels / EXCITATION_RATIO;
      multiplyAdds += 2L * channels * squeezed;
      add(new Node.Excitation(name, last, channels, squeezed));
    }

    private void add(Node node) {
      nodes.add(node);
      last = node.name();
    }

    NetworkSpec build() {
      return new NetworkSpec(nodes, channels, multiplyAdds + (long) channels * Emotions.COUNT);
    }
  }
}
