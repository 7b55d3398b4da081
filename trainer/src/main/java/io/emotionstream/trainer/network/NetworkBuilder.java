// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

import io.emotionstream.model.Emotions;
import io.emotionstream.model.FaceNormalizer;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * Strings layers together, counting multiply-adds, into one of two networks with one flat parameter
 * vector: the training network, with {@link FusedBatchNorm} and dropout, and the serving network,
 * of DL4J's own layers only.
 *
 * <p>Convolutions have neither bias nor activation, for batch normalisation follows; the head pools
 * each map to one value, so that the weights serve in NHWC order as well.
 */
final class NetworkBuilder {
  private static final String INPUT = "face";
  private static final int KERNEL = 3;

  private final @Nullable SeededDropout dropout;
  private final boolean training;
  private final ComputationGraphConfiguration.GraphBuilder graph;
  private String last = INPUT;
  private int channels = 1;
  private int side = FaceNormalizer.SIDE;
  private int blocks;
  private long multiplyAdds;

  private NetworkBuilder(boolean training, long seed, @Nullable SeededDropout dropout) {
    this.training = training;
    this.dropout = dropout;
    graph =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .weightInit(WeightInit.RELU)
            .updater(new Sgd(0))
            .cacheMode(training ? CacheMode.DEVICE : CacheMode.NONE)
            .graphBuilder()
            .addInputs(INPUT);
  }

  /** Starts a network to train; {@code seed} draws its initial weights. */
  static NetworkBuilder forTraining(long seed, SeededDropout dropout) {
    return new NetworkBuilder(true, seed, dropout);
  }

  /** Starts a network to classify with. */
  static NetworkBuilder forServing() {
    return new NetworkBuilder(false, 0, null);
  }

  /** Adds a 3x3 convolution to {@code width} maps, batch normalisation and ReLU. */
  NetworkBuilder block(int width) {
    return block(width, false);
  }

  /** Adds a {@link #block} and halves its maps by 2x2 max pooling. */
  NetworkBuilder pooledBlock(int width) {
    return block(width, true);
  }

  private NetworkBuilder block(int width, boolean pooled) {
    blocks++;
    String convolution = "conv" + blocks;
    graph.addLayer(
        convolution,
        new ConvolutionLayer.Builder(KERNEL, KERNEL)
            .nIn(channels)
            .nOut(width)
            .convolutionMode(ConvolutionMode.Same)
            .hasBias(false)
            .activation(Activation.IDENTITY)
            .build(),
        last);
    multiplyAdds += (long) side * side * KERNEL * KERNEL * channels * width;
    channels = width;
    last = convolution;
    if (training) {
      append("norm" + blocks, new FusedBatchNorm(width, pooled));
    } else {
      append("norm" + blocks, new BatchNormalization.Builder().nIn(width).nOut(width).build());
      append("relu" + blocks, new ActivationLayer(Activation.RELU));
      if (pooled) {
        append(
            "pool" + blocks,
            new SubsamplingLayer.Builder(PoolingType.MAX).kernelSize(2, 2).stride(2, 2).build());
      }
    }
    side = pooled ? side / 2 : side;
    return this;
  }

  private void append(String name, org.deeplearning4j.nn.conf.layers.Layer layer) {
    graph.addLayer(name, layer, last);
    last = name;
  }

  /** Returns the multiply-adds of one face, those of the head included. */
  long multiplyAdds() {
    return multiplyAdds + (long) channels * Emotions.COUNT;
  }

  /** Ends in global average pooling and a softmax over the classes, with initial weights. */
  ComputationGraph build() {
    append("mean", new GlobalPoolingLayer.Builder(PoolingType.AVG).build());
    OutputLayer.Builder head =
        new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
            .nIn(channels)
            .nOut(Emotions.COUNT)
            .weightInit(WeightInit.XAVIER)
            .activation(Activation.SOFTMAX);
    if (dropout != null) {
      head.dropOut(dropout);
    }
    append("emotion", head.build());
    graph.setOutputs(last);
    graph.setInputTypes(InputType.convolutional(FaceNormalizer.SIDE, FaceNormalizer.SIDE, 1));
    ComputationGraph network = new ComputationGraph(graph.build());
    network.init();
    return network;
  }
}
