// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The working part of {@link ChannelScale}. */
@SuppressWarnings("serial")
final class ChannelScaleVertex extends BaseGraphVertex {
  private final CNN2DFormat layout;

  ChannelScaleVertex(
      ComputationGraph graph, String name, int index, CNN2DFormat layout, DataType type) {
    super(graph, name, index, null, null, type);
    this.layout = layout;
  }

  @Override
  public boolean hasLayer() {
    return false;
  }

  @Override
  public @Nullable Layer getLayer() {
    return null;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    if (!canDoForward()) {
      throw new IllegalStateException(this + " has no input");
    }
    try (MemoryWorkspace scope = workspaces.notifyScopeBorrowed(ArrayType.ACTIVATIONS)) {
      return inputs[0].mul(spread(inputs[1]));
    }
  }

  @Override
  public Pair<@Nullable Gradient, INDArray[]> doBackward(
      boolean truncated, LayerWorkspaceMgr workspaces) {
    if (!canDoBackward()) {
      throw new IllegalStateException(this + " has no input or no error");
    }
    try (MemoryWorkspace scope = workspaces.notifyScopeBorrowed(ArrayType.ACTIVATION_GRAD)) {
      INDArray activationGradient = epsilon.mul(spread(inputs[1]));
      INDArray gateGradient = epsilon.mul(inputs[0]).sum(space());
      return new Pair<>(null, new INDArray[] {activationGradient, gateGradient});
    }
  }

  /** Returns gates [n, c] in a shape that broadcasts over the activations. */
  private INDArray spread(INDArray gates) {
    long examples = gates.size(0);
    long channels = gates.size(1);
    return layout == CNN2DFormat.NCHW
        ? gates.reshape(examples, channels, 1, 1)
        : gates.reshape(examples, 1, 1, channels);
  }

  private int[] space() {
    return layout == CNN2DFormat.NCHW ? new int[] {2, 3} : new int[] {1, 2};
  }

  @Override
  public void setBackpropGradientsViewArray(@Nullable INDArray gradients) {
    if (gradients != null) {
      throw new IllegalArgumentException(this + " has no parameters");
    }
  }

  @Override
  public @Nullable Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray @Nullable [] masks, MaskState state, int examples) {
    return masks == null || masks.length == 0 ? null : new Pair<>(masks[0], state);
  }

  @Override
  public String toString() {
    return "ChannelScaleVertex(%d, %s, %s)".formatted(getVertexIndex(), getVertexName(), layout);
  }
}
