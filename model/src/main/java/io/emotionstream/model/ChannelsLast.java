// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The same network with its channels last (NHWC), as oneDNN likes them for inference; training
 * wants them first (NCHW), for DL4J's gradients are right only there.
 *
 * <p>A network that ends in global average pooling keeps its weights as they are: DL4J stores
 * convolution weights alike for both layouts. One with a layer that is not known here is left
 * alone.
 */
final class ChannelsLast {
  private static final int[] SPACE = {1, 2};

  private ChannelsLast() {}

  /**
   * Returns a copy with input [n, 48, 48, 1], or nothing if {@code network} has a layer whose
   * layout this class does not know.
   */
  static Optional<ComputationGraph> of(ComputationGraph network) {
    ComputationGraphConfiguration configuration = network.getConfiguration().clone();
    for (Map.Entry<String, GraphVertex> entry : configuration.getVertices().entrySet()) {
      GraphVertex vertex = entry.getValue();
      if (vertex instanceof ChannelScale) {
        entry.setValue(new ChannelScale(CNN2DFormat.NHWC));
      } else if (!(vertex instanceof ElementWiseVertex)
          && !(vertex instanceof LayerVertex layerVertex
              && layerVertex.getPreProcessor() == null
              && switchLayout(layerVertex.getLayerConf().getLayer()))) {
        return Optional.empty();
      }
    }
    ComputationGraph copy = new ComputationGraph(configuration);
    INDArray parameters = network.params().dup();
    copy.init(parameters, false);
    return Optional.of(copy);
  }

  private static boolean switchLayout(Layer layer) {
    // The classes themselves: a subclass of a known layer is another layer.
    if (layer.getClass() == ConvolutionLayer.class) {
      ((ConvolutionLayer) layer).setCnn2dDataFormat(CNN2DFormat.NHWC);
    } else if (layer.getClass() == SubsamplingLayer.class) {
      ((SubsamplingLayer) layer).setCnn2dDataFormat(CNN2DFormat.NHWC);
    } else if (layer.getClass() == BatchNormalization.class) {
      ((BatchNormalization) layer).setCnn2DFormat(CNN2DFormat.NHWC);
    } else if (layer.getClass() == GlobalPoolingLayer.class) {
      ((GlobalPoolingLayer) layer).setPoolingDimensions(SPACE.clone());
    } else {
      return layer.getClass() == ActivationLayer.class
          || layer.getClass() == DenseLayer.class
          || layer.getClass() == DropoutLayer.class
          || layer.getClass() == OutputLayer.class;
    }
    return true;
  }
}
