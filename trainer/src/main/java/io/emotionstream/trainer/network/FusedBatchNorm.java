// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Configuration of batch normalisation, ReLU and an optional 2x2 max pooling as one training layer.
 *
 * <p>It holds the same parameters, in the same order, as {@link BatchNormalization}, so that a
 * network trained with it and one built from DL4J's own layers share their flat parameter vector.
 * It exists for speed only: DL4J takes batch statistics and NCHW max pooling through unvectorised
 * native loops, which cost more than the convolutions. NCHW only; never written to a bundle.
 */
@SuppressWarnings("serial")
final class FusedBatchNorm extends BatchNormalization {
  private boolean pooled;

  /** For DL4J, which copies configurations. */
  FusedBatchNorm() {}

  FusedBatchNorm(int channels, boolean pooled) {
    setNIn(channels);
    setNOut(channels);
    this.pooled = pooled;
  }

  boolean isPooled() {
    return pooled;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initialize,
      DataType networkType) {
    FusedBatchNormLayer layer = new FusedBatchNormLayer(conf, networkType, pooled);
    layer.setListeners(listeners);
    layer.setIndex(layerIndex);
    layer.setParamsViewArray(parameters);
    Map<String, INDArray> table = initializer().init(conf, parameters, initialize);
    layer.setParamTable(table);
    layer.setConf(conf);
    return layer;
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    if (!pooled) {
      return inputType;
    }
    InputType.InputTypeConvolutional in = (InputType.InputTypeConvolutional) inputType;
    return InputType.convolutional(in.getHeight() / 2, in.getWidth() / 2, in.getChannels());
  }
}
