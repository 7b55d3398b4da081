// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.model.NativeKernels;
import java.util.Random;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Compares the fused layer with the layers of DL4J it stands for. */
class FusedBatchNormTest {
  private static final int CHANNELS = 5;
  private static final double TOLERANCE = 1e-5;

  private final ComputationGraph ofDl4j = network(false);
  private final ComputationGraph fused = network(true);

  @BeforeAll
  static void enableKernels() {
    NativeKernels.enable();
  }

  @Test
  void hasTheGradientsAndAnswersOfSeparateLayers() {
    Random random = new Random(3);
    INDArray parameters = ofDl4j.params();
    for (int i = 0; i < parameters.length(); i++) {
      parameters.putScalar(i, parameters.getFloat(i) + 0.05 * random.nextGaussian());
    }
    fused.setParams(parameters);
    INDArray faces = Nd4j.rand(4, 1, 12, 12);
    INDArray labels = Nd4j.zeros(4, 2);
    for (int i = 0; i < 4; i++) {
      labels.putScalar(i, i % 2, 1);
    }

    assertClose(fused.outputSingle(faces), ofDl4j.outputSingle(faces));
    for (ComputationGraph network : new ComputationGraph[] {ofDl4j, fused}) {
      network.setInputs(faces);
      network.setLabels(labels);
      network.computeGradientAndScore();
    }
    assertThat(ofDl4j.getFlattenedGradients().amaxNumber().doubleValue()).isGreaterThan(0.01);
    assertClose(fused.getFlattenedGradients(), ofDl4j.getFlattenedGradients());
  }

  private static void assertClose(INDArray actual, INDArray expected) {
    assertThat(actual.sub(expected).amaxNumber().doubleValue()).isLessThan(TOLERANCE);
  }

  private static ComputationGraph network(boolean fused) {
    var graph = new NeuralNetConfiguration.Builder().seed(1).graphBuilder().addInputs("in");
    String last = "in";
    int channels = 1;
    for (boolean pooled : new boolean[] {true, false}) {
      String name = pooled ? "pooled" : "plain";
      graph.addLayer(
          name + "Convolution",
          new ConvolutionLayer.Builder(3, 3)
              .nIn(channels)
              .nOut(CHANNELS)
              .convolutionMode(ConvolutionMode.Same)
              .hasBias(false)
              .activation(Activation.IDENTITY)
              .build(),
          last);
      channels = CHANNELS;
      if (fused) {
        graph.addLayer(name, new FusedBatchNorm(CHANNELS, pooled), name + "Convolution");
      } else {
        graph.addLayer(
            name + "Norm",
            new BatchNormalization.Builder().nIn(CHANNELS).nOut(CHANNELS).build(),
            name + "Convolution");
        graph.addLayer(
            pooled ? name + "Relu" : name, new ActivationLayer(Activation.RELU), name + "Norm");
        if (pooled) {
          graph.addLayer(
              name,
              new SubsamplingLayer.Builder(PoolingType.MAX).kernelSize(2, 2).stride(2, 2).build(),
              name + "Relu");
        }
      }
      last = name;
    }
    graph.addLayer("mean", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), last);
    graph.addLayer(
        "out",
        new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
            .nIn(CHANNELS)
            .nOut(2)
            .activation(Activation.SOFTMAX)
            .build(),
        "mean");
    graph.setOutputs("out");
    graph.setInputTypes(InputType.convolutional(12, 12, 1));
    ComputationGraph network = new ComputationGraph(graph.build());
    network.init();
    return network;
  }
}
