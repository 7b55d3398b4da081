// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class ChannelScaleTest {
  private static final int SIDE = 5;

  @BeforeAll
  static void enableKernels() {
    NativeKernels.enable();
  }

  @AfterEach
  void restorePrecision() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  @Test
  void multipliesEachChannelByItsGate() {
    ComputationGraph network = scaleOnly(CNN2DFormat.NCHW);
    INDArray activations = Nd4j.rand(DataType.FLOAT, 2, 3, 4, 4);
    INDArray gates = Nd4j.rand(DataType.FLOAT, 2, 3);

    INDArray scaled = network.output(activations, gates)[0];

    for (int example = 0; example < 2; example++) {
      for (int channel = 0; channel < 3; channel++) {
        for (int pixel = 0; pixel < 16; pixel++) {
          float expected =
              activations.getFloat(example, channel, pixel / 4, pixel % 4)
                  * gates.getFloat(example, channel);
          assertThat(scaled.getFloat(example, channel, pixel / 4, pixel % 4))
              .isCloseTo(expected, within(1e-6f));
        }
      }
    }
  }

  @Test
  void answersTheSameWithChannelsLast() {
    INDArray activations = Nd4j.rand(DataType.FLOAT, 2, 3, 4, 4);
    INDArray gates = Nd4j.rand(DataType.FLOAT, 2, 3);

    INDArray first = scaleOnly(CNN2DFormat.NCHW).output(activations, gates)[0];
    INDArray last =
        scaleOnly(CNN2DFormat.NHWC).output(activations.permute(0, 2, 3, 1).dup(), gates)[0];

    assertThat(last.permute(0, 3, 1, 2).equalsWithEps(first, 1e-6)).isTrue();
  }

  @Test
  void hasTheGradientsThatDifferencesGive() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE); // the check insists
    ComputationGraph network = squeezeAndExcitation(DataType.DOUBLE);
    Nd4j.getRandom().setSeed(5);
    INDArray faces = Nd4j.rand(DataType.DOUBLE, 3, 1, SIDE, SIDE);
    INDArray labels = Nd4j.eye(3).castTo(DataType.DOUBLE);

    boolean right =
        GradientCheckUtil.checkGradients(
            new GradientCheckUtil.GraphConfig()
                .net(network)
                .inputs(new INDArray[] {faces})
                .labels(new INDArray[] {labels}));

    assertThat(right).isTrue();
  }

  @Test
  void comesBackFromTheFile() throws IOException {
    ComputationGraph written = squeezeAndExcitation(DataType.FLOAT);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ModelSerializer.writeModel(written, file, false);
    INDArray faces = Nd4j.rand(DataType.FLOAT, 3, 1, SIDE, SIDE);

    ComputationGraph read =
        ModelSerializer.restoreComputationGraph(
            new ByteArrayInputStream(file.toByteArray()), false);

    assertThat(read.getConfiguration()).isEqualTo(written.getConfiguration());
    assertThat(read.outputSingle(faces)).isEqualTo(written.outputSingle(faces));
  }

  @Test
  void isServedWithChannelsLast() {
    ComputationGraph trained = squeezeAndExcitation(DataType.FLOAT);
    INDArray faces = Nd4j.rand(DataType.FLOAT, 3, 1, SIDE, SIDE);

    ComputationGraph serving = ChannelsLast.of(trained).orElseThrow();

    INDArray sameFaces = faces.reshape(3, SIDE, SIDE, 1);
    assertThat(serving.outputSingle(sameFaces).equalsWithEps(trained.outputSingle(faces), 1e-6))
        .isTrue();
  }

  @Test
  void refusesAnotherNumberOfGates() {
    assertThatThrownBy(
            () ->
                new ChannelScale()
                    .getOutputType(0, InputType.convolutional(4, 4, 3), InputType.feedForward(2)))
        .isInstanceOf(InvalidInputTypeException.class)
        .hasMessageContaining("one gate for each of their channels");
  }

  private static ComputationGraph scaleOnly(CNN2DFormat layout) {
    ComputationGraphConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .graphBuilder()
            .addInputs("activations", "gates")
            .addVertex("scaled", new ChannelScale(layout), "activations", "gates")
            .setOutputs("scaled")
            .build();
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    return network;
  }

  private static ComputationGraph squeezeAndExcitation(DataType type) {
    ComputationGraphConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(11)
            .dataType(type)
            .updater(new NoOp())
            .activation(Activation.TANH)
            .graphBuilder()
            .addInputs("faces")
            .setInputTypes(InputType.convolutional(SIDE, SIDE, 1))
            .addLayer(
                "convolution",
                new ConvolutionLayer.Builder(3, 3)
                    .nOut(4)
                    .convolutionMode(ConvolutionMode.Same)
                    .build(),
                "faces")
            .addLayer("squeeze", new GlobalPoolingLayer(PoolingType.AVG), "convolution")
            .addLayer("reduce", new DenseLayer.Builder().nOut(2).build(), "squeeze")
            .addLayer(
                "excite",
                new DenseLayer.Builder().nOut(4).activation(Activation.SIGMOID).build(),
                "reduce")
            .addVertex("scaled", new ChannelScale(), "convolution", "excite")
            .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), "scaled")
            .addLayer(
                "probabilities",
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nOut(3)
                    .activation(Activation.SOFTMAX)
                    .build(),
                "pool")
            .setOutputs("probabilities")
            .build();
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    return network;
  }
}
