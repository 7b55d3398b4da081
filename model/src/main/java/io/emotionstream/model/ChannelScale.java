// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * DL4J graph vertex that scales each channel of each example by a gate of its own: the last step of
 * squeeze-and-excitation (Hu et al., "Squeeze-and-Excitation Networks", CVPR 2018).
 *
 * <p>Two inputs, in this order: activations [n, c, h, w] and gates [n, c]; the output is shaped as
 * the activations. Channels last it takes [n, h, w, c]. A block is global average pooling, a dense
 * layer with ReLU, a dense layer with sigmoid, and this.
 */
@SuppressWarnings("serial")
public final class ChannelScale extends GraphVertex {
  private final CNN2DFormat layout;

  /** For channels first, as networks are trained. */
  public ChannelScale() {
    this(CNN2DFormat.NCHW);
  }

  /** For a layout; also DL4J's way to read it. */
  public ChannelScale(@JsonProperty("layout") CNN2DFormat layout) {
    this.layout = layout;
  }

  /** Returns the layout of the activations. */
  @JsonProperty("layout")
  public CNN2DFormat layout() {
    return layout;
  }

  @Override
  public ChannelScale clone() {
    return new ChannelScale(layout);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChannelScale scale && scale.layout == layout;
  }

  @Override
  public int hashCode() {
    return layout.hashCode();
  }

  @Override
  public long numParams(boolean backprop) {
    return 0;
  }

  @Override
  public int minVertexInputs() {
    return 2;
  }

  @Override
  public int maxVertexInputs() {
    return 2;
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    return new ChannelScaleVertex(graph, name, index, layout, type);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType... inputs) {
    if (inputs.length != 2
        || !(inputs[0] instanceof InputType.InputTypeConvolutional activations)
        || !(inputs[1] instanceof InputType.InputTypeFeedForward gates)
        || activations.getChannels() != gates.getSize()) {
      throw new InvalidInputTypeException(
          "ChannelScale needs convolutional activations and one gate for each of their channels,"
              + " was given "
              + Arrays.toString(inputs));
    }
    return activations;
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    return new LayerMemoryReport.Builder(null, ChannelScale.class, inputs[0], inputs[0])
        .standardMemory(0, 0)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(0, 0)
        .build();
  }
}
