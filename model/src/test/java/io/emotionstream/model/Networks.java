// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small networks of every kind that is served, with weights drawn from a seed. */
final class Networks {
  private final GraphBuilder graph =
      new NeuralNetConfiguration.Builder()
          .seed(7)
          .weightInit(WeightInit.RELU)
          .graphBuilder()
          .addInputs("face")
          .setInputTypes(InputType.convolutional(48, 48, 1));
  private String last = "face";
  private int channels = 1;
  private int count;

  private Networks() {}

  static Networks start() {
    NativeKernels.enable();
    return new Networks();
  }

  /** Blocks of convolution, batch normalization, ReLU and max pooling. */
  static ComputationGraph paper() {
    return start()
        .convolve(3, 1, 8)
        .normalize()
        .relu()
        .pool(PoolingType.MAX)
        .convolve(3, 1, 12)
        .normalize()
        .relu()
        .layer(new DropoutLayer(0.5))
        .convolve(3, 1, 16)
        .normalize()
        .relu()
        .pool(PoolingType.MAX)
        .end();
  }

  /** Residual blocks with squeeze-and-excitation, strides, projections. */
  static ComputationGraph residual() {
    return start()
        .convolve(3, 2, 8)
        .normalize()
        .relu()
        .block(8, 1, true)
        .block(16, 2, true)
        .block(16, 1, false)
        .pool(PoolingType.AVG)
        .block(24, 2, true)
        .end();
  }

  /** Residual blocks with batch normalization and ReLU before each convolution. */
  static ComputationGraph preActivation() {
    Networks network = start().convolve(3, 1, 8);
    for (int stride = 1; stride <= 2; stride++) {
      network.normalize().relu();
      String before = network.last;
      int width = 8 * stride;
      network.convolve(3, stride, width).normalize().relu().convolve(3, 1, width);
      String body = network.last;
      network.last = before;
      network.channels = 8;
      network.convolve(1, stride, width);
      network.sum(body, network.last);
    }
    return network.normalize().relu().end();
  }

  /** Depthwise and pointwise convolutions. */
  static ComputationGraph mobile() {
    return start()
        .convolve(3, 2, 8)
        .normalize()
        .relu()
        .depthwise(1, 1)
        .normalize()
        .relu()
        .convolve(1, 1, 16)
        .normalize()
        .relu()
        .depthwise(2, 2)
        .normalize()
        .relu()
        .convolve(1, 1, 24)
        .normalize()
        .relu()
        .end();
  }

  Networks convolve(int kernel, int stride, int width) {
    ConvolutionLayer layer =
        new ConvolutionLayer.Builder(kernel, kernel)
            .stride(stride, stride)
            .convolutionMode(ConvolutionMode.Same)
            .nIn(channels)
            .nOut(width)
            .hasBias(false)
            .activation(Activation.IDENTITY)
            .build();
    channels = width;
    return layer(layer);
  }

  Networks depthwise(int stride, int multiplier) {
    DepthwiseConvolution2D layer =
        new DepthwiseConvolution2D.Builder(3, 3)
            .stride(stride, stride)
            .convolutionMode(ConvolutionMode.Same)
            .nIn(channels)
            .nOut(channels * multiplier)
            .depthMultiplier(multiplier)
            .hasBias(multiplier > 1)
            .activation(Activation.IDENTITY)
            .build();
    channels *= multiplier;
    return layer(layer);
  }

  Networks normalize() {
    return layer(new BatchNormalization.Builder().nIn(channels).nOut(channels).build());
  }

  Networks relu() {
    return layer(new ActivationLayer(Activation.RELU));
  }

  Networks pool(PoolingType type) {
    return layer(new SubsamplingLayer.Builder(type).kernelSize(2, 2).stride(2, 2).build());
  }

  private Networks block(int width, int stride, boolean attention) {
    String before = last;
    int channelsBefore = channels;
    convolve(3, stride, width).normalize().relu().convolve(3, 1, width).normalize();
    if (attention) {
      squeezeAndExcite();
    }
    String body = last;
    if (stride != 1 || width != channelsBefore) {
      last = before;
      channels = channelsBefore;
      convolve(1, stride, width).normalize();
      before = last;
    }
    return sum(body, before).relu();
  }

  private void squeezeAndExcite() {
    String activations = last;
    layer(new GlobalPoolingLayer(PoolingType.AVG));
    layer(dense(channels, channels / 4, Activation.RELU));
    layer(dense(channels / 4, channels, Activation.SIGMOID));
    String gates = last;
    last = "scale" + ++count;
    graph.addVertex(last, new ChannelScale(), activations, gates);
  }

  private static DenseLayer dense(int in, int out, Activation activation) {
    return new DenseLayer.Builder().nIn(in).nOut(out).activation(activation).build();
  }

  private Networks sum(String first, String second) {
    last = "sum" + ++count;
    graph.addVertex(last, new ElementWiseVertex(ElementWiseVertex.Op.Add), first, second);
    return this;
  }

  Networks layer(org.deeplearning4j.nn.conf.layers.Layer layer) {
    String name = layer.getClass().getSimpleName() + ++count;
    graph.addLayer(name, layer, last);
    last = name;
    return this;
  }

  /** Ends in global average pooling and softmax; batch normalization is given statistics. */
  ComputationGraph end() {
    layer(new GlobalPoolingLayer(PoolingType.AVG));
    layer(
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nIn(channels)
            .nOut(7)
            .activation(Activation.SOFTMAX)
            .build());
    ComputationGraph network = new ComputationGraph(graph.setOutputs(last).build());
    network.init();
    Random random = new Random(11);
    network
        .paramTable()
        .forEach(
            (name, values) -> {
              if (name.equals(last + "_W")) {
                values.muli(0.1); // else every answer is all or nothing
              } else if (List.of("gamma", "beta", "mean", "log10stdev", "b")
                  .contains(name.substring(name.lastIndexOf('_') + 1))) {
                draw(values, random, name.endsWith("gamma") ? 1 : 0);
              }
            });
    return network;
  }

  private static void draw(INDArray values, Random random, double mean) {
    for (long i = 0; i < values.length(); i++) {
      values.putScalar(i, mean + 0.3 * random.nextGaussian());
    }
  }

  /** Faces of eight times eight squares of noise, each as bright as chance has it. */
  static float[][] faces(int count) {
    Random random = new Random(3);
    float[][] faces = new float[count][FaceNormalizer.PIXELS];
    for (float[] face : faces) {
      float[] squares = new float[64];
      for (int i = 0; i < squares.length; i++) {
        squares[i] = random.nextFloat();
      }
      for (int i = 0; i < face.length; i++) {
        int square = i / FaceNormalizer.SIDE / 6 * 8 + i % FaceNormalizer.SIDE / 6;
        face[i] = squares[square] * random.nextFloat();
      }
    }
    return faces;
  }
}
