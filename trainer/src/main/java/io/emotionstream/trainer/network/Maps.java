// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import io.emotionstream.trainer.network.OneDnn.Argument;
import io.emotionstream.trainer.network.OneDnn.Step;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;

/**
 * The maps that a node makes of a batch, and the gradient of the loss with respect to them.
 *
 * <p>Shape [n, channels, side, side] in blocks of {@value #BLOCK} channels, the fastest layout
 * there is for 3x3 convolutions; see <a
 * href="https://uxlfoundation.github.io/oneDNN/dev_guide_understanding_memory_formats.html">memory
 * formats</a>.
 */
final class Maps {
  /** Channels whose values lie side by side. */
  static final int BLOCK = 16;

  private final OneDnn oneDnn;
  private final int count;
  private final int channels;
  private final int side;
  private final Precision precision;
  private final memory values;
  private @Nullable memory gradient;

  Maps(OneDnn oneDnn, int count, int channels, int side, Precision precision) {
    if (channels % BLOCK != 0) {
      throw new IllegalArgumentException(
          "channels must be a multiple of %d, were %d".formatted(BLOCK, channels));
    }
    this.oneDnn = oneDnn;
    this.count = count;
    this.channels = channels;
    this.side = side;
    this.precision = precision;
    values = oneDnn.allocate(layout());
  }

  int count() {
    return count;
  }

  int channels() {
    return channels;
  }

  int side() {
    return side;
  }

  Precision precision() {
    return precision;
  }

  memory values() {
    return values;
  }

  memory.desc layout() {
    return layout(side);
  }

  /** Returns the layout of maps with as many channels but another side. */
  memory.desc layout(int otherSide) {
    return new memory.desc(
        new long[] {count, channels, otherSide, otherSide},
        precision.type(),
        memory.format_tag.nChw16c);
  }

  /** Returns new memory like {@link #values()}. */
  memory like() {
    return oneDnn.allocate(layout());
  }

  /** Returns the gradient, which all readers of the maps have written when their maker needs it. */
  memory gradient() {
    if (gradient == null) {
      gradient = like();
    }
    return gradient;
  }

  /**
   * Where one reader of the maps is to write its part of the gradient.
   *
   * @param completion adds it to the parts that are there, to be run afterwards
   */
  record GradientPart(memory target, Step completion) {}

  /** Returns a place for one reader's part; to be asked for in the order of writing. */
  GradientPart newGradientPart() {
    if (gradient == null) {
      return new GradientPart(gradient(), () -> {});
    }
    memory part = like();
    return new GradientPart(part, addToGradient(gradient, part));
  }

  /**
   * Takes {@code part}, which is written already, as one reader's part. If it is the first it
   * becomes the gradient itself, and is changed by parts that follow.
   */
  Step addGradientPart(memory part) {
    if (gradient == null) {
      gradient = part;
      return () -> {};
    }
    return addToGradient(gradient, part);
  }

  private Step addToGradient(memory sum, memory part) {
    binary.primitive_desc addition =
        new binary.primitive_desc(
            oneDnn.engine(), dnnl.algorithm.binary_add, layout(), layout(), layout());
    return oneDnn.step(
        new binary(addition),
        new Argument(DNNL_ARG_SRC_0, sum),
        new Argument(DNNL_ARG_SRC_1, part),
        new Argument(DNNL_ARG_DST, sum));
  }
}
