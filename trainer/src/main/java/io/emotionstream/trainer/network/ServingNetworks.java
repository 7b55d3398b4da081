// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

import io.emotionstream.model.ChannelScale;
import io.emotionstream.model.Emotions;
import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.trainer.network.ParameterLayout.Key;
import io.emotionstream.trainer.network.ParameterLayout.Range;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.params.DepthwiseConvolutionParamInitializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Makes networks of DL4J's own layers, channels first, out of what was trained. */
final class ServingNetworks {
  private static final String SQUEEZE_MEAN = "-mean";
  private static final String SQUEEZE = "-squeeze";
  private static final String EXCITE = "-excite";

  private final NetworkSpec spec;

  private ServingNetworks(NetworkSpec spec) {
    this.spec = spec;
  }

  /**
   * Makes a network of {@code spec}.
   *
   * @param parameters flat parameters, in which the output layer has {@code outputs} outputs; those
   *     after the first seven are left out
   */
  static ComputationGraph create(NetworkSpec spec, float[] parameters, int outputs) {
    ComputationGraph network = new ServingNetworks(spec).build();
    new Weights(network, new ParameterLayout(spec, outputs), parameters).fill(spec);
    return network;
  }

  /**
   * Returns the flat parameters of a network of {@code spec}.
   *
   * @param initial parameters of which those that the network does not have are taken, such as of
   *     outputs after the first seven
   * @param outputs outputs of the output layer in {@code initial}
   * @throws IllegalArgumentException if the network is not one of {@code spec}
   */
  static float[] parameters(
      NetworkSpec spec, ComputationGraph network, float[] initial, int outputs) {
    float[] parameters = initial.clone();
    new Weights(network, new ParameterLayout(spec, outputs), parameters).read(spec);
    return parameters;
  }

  private ComputationGraph build() {
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .updater(new Sgd(0))
            .graphBuilder()
            .addInputs(NetworkSpec.INPUT);
    for (Node node : spec.nodes()) {
      add(graph, node);
    }
    String last = spec.nodes().get(spec.nodes().size() - 1).name();
    graph.addLayer("mean", globalMean(), last);
    graph.addLayer(
        NetworkSpec.OUTPUT,
        new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
            .nIn(spec.features())
            .nOut(Emotions.COUNT)
            .activation(Activation.SOFTMAX)
            .build(),
        "mean");
    graph.setOutputs(NetworkSpec.OUTPUT);
    graph.setInputTypes(InputType.convolutional(FaceNormalizer.SIDE, FaceNormalizer.SIDE, 1));
    ComputationGraph network = new ComputationGraph(graph.build());
    network.init();
    return network;
  }

  private static void add(GraphBuilder graph, Node node) {
    if (node instanceof Node.Convolution convolution) {
      graph.addLayer(node.name(), layer(convolution), convolution.input());
    } else if (node instanceof Node.Normalization normalization) {
      addNormalization(graph, normalization);
    } else if (node instanceof Node.Pooling pooling) {
      graph.addLayer(
          node.name(),
          new SubsamplingLayer.Builder(pooling.maximum() ? PoolingType.MAX : PoolingType.AVG)
              .kernelSize(2, 2)
              .stride(2, 2)
              .build(),
          pooling.input());
    } else if (node instanceof Node.Excitation excitation) {
      addExcitation(graph, excitation);
    } else if (node instanceof Node.Addition addition) {
      String sum = node.name() + "-linear";
      graph.addVertex(
          sum, new ElementWiseVertex(ElementWiseVertex.Op.Add), addition.left(), addition.right());
      graph.addLayer(node.name(), new ActivationLayer(Activation.RELU), sum);
    }
  }

  private static ConvolutionLayer layer(Node.Convolution node) {
    if (node.depthwise()) {
      return new DepthwiseConvolution2D.Builder(node.kernel(), node.kernel())
          .stride(node.stride(), node.stride())
          .nIn(node.in())
          .nOut(node.out())
          .depthMultiplier(1)
          .convolutionMode(ConvolutionMode.Same)
          .hasBias(false)
          .activation(Activation.IDENTITY)
          .build();
    }
    return new ConvolutionLayer.Builder(node.kernel(), node.kernel())
        .stride(node.stride(), node.stride())
        .nIn(node.in())
        .nOut(node.out())
        .convolutionMode(ConvolutionMode.Same)
        .hasBias(false)
        .activation(Activation.IDENTITY)
        .build();
  }

  private static void addNormalization(GraphBuilder graph, Node.Normalization node) {
    String name = normalizationName(node);
    graph.addLayer(
        name,
        new BatchNormalization.Builder()
            .nIn(node.channels())
            .nOut(node.channels())
            .eps(NetworkSpec.NORMALIZATION_EPSILON)
            .build(),
        node.input());
    if (node.rectified()) {
      graph.addLayer(node.name(), new ActivationLayer(Activation.RELU), name);
    }
  }

  private static String normalizationName(Node.Normalization node) {
    return node.rectified() ? node.name() + "-linear" : node.name();
  }

  private static void addExcitation(GraphBuilder graph, Node.Excitation node) {
    String name = node.name();
    graph.addLayer(name + SQUEEZE_MEAN, globalMean(), node.input());
    graph.addLayer(
        name + SQUEEZE,
        dense(node.channels(), node.squeezed(), Activation.RELU),
        name + SQUEEZE_MEAN);
    graph.addLayer(
        name + EXCITE, dense(node.squeezed(), node.channels(), Activation.SIGMOID), name + SQUEEZE);
    graph.addVertex(name, new ChannelScale(), node.input(), name + EXCITE);
  }

  private static GlobalPoolingLayer globalMean() {
    return new GlobalPoolingLayer.Builder(PoolingType.AVG).build();
  }

  private static org.deeplearning4j.nn.conf.layers.DenseLayer dense(
      int in, int out, Activation activation) {
    return new org.deeplearning4j.nn.conf.layers.DenseLayer.Builder()
        .nIn(in)
        .nOut(out)
        .activation(activation)
        .build();
  }

  /** The parameters of a network's layers beside the flat ones they correspond to. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Weights(ComputationGraph network, ParameterLayout layout, float[] parameters) {

    /** Copies the flat ones into the layers. */
    void fill(NetworkSpec spec) {
      each(
          spec,
          (array, range, form) -> {
            float[] values = Arrays.copyOfRange(parameters, range.offset(), range.end());
            float[] laidOut = form.toLayer(values, array);
            try (INDArray source = Nd4j.create(laidOut, array.shape(), 'c')) {
              array.assign(source);
            }
          });
    }

    /** Copies the layers' into the flat ones. */
    void read(NetworkSpec spec) {
      each(
          spec,
          (array, range, form) -> {
            float[] values = form.toFlat(array.dup('c').data().asFloat(), array);
            System.arraycopy(
                values, 0, parameters, range.offset(), Math.min(values.length, range.length()));
          });
    }

    private void each(NetworkSpec spec, Visitor visitor) {
      for (Node node : spec.nodes()) {
        String name = node.name();
        if (node instanceof Node.Convolution convolution) {
          visit(
              visitor,
              name,
              convolution.depthwise()
                  ? DepthwiseConvolutionParamInitializer.WEIGHT_KEY
                  : DefaultParamInitializer.WEIGHT_KEY,
              layout.range(name, Key.WEIGHTS),
              convolution.depthwise() ? Form.DEPTHWISE : Form.SAME);
        } else if (node instanceof Node.Normalization normalization) {
          String layer = normalizationName(normalization);
          visit(
              visitor,
              layer,
              BatchNormalizationParamInitializer.GAMMA,
              layout.range(name, Key.GAMMA),
              Form.SAME);
          visit(
              visitor,
              layer,
              BatchNormalizationParamInitializer.BETA,
              layout.range(name, Key.BETA),
              Form.SAME);
          visit(
              visitor,
              layer,
              BatchNormalizationParamInitializer.GLOBAL_MEAN,
              layout.range(name, Key.MEAN),
              Form.SAME);
          visit(
              visitor,
              layer,
              BatchNormalizationParamInitializer.GLOBAL_LOG_STD,
              layout.range(name, Key.VARIANCE),
              Form.LOG_DEVIATION);
        } else if (node instanceof Node.Excitation) {
          dense(visitor, name + SQUEEZE, name, Key.WEIGHTS, Key.BIAS);
          dense(visitor, name + EXCITE, name, Key.SECOND_WEIGHTS, Key.SECOND_BIAS);
        }
      }
      dense(visitor, NetworkSpec.OUTPUT, NetworkSpec.OUTPUT, Key.WEIGHTS, Key.BIAS);
    }

    private void dense(Visitor visitor, String layer, String node, Key weights, Key bias) {
      visit(
          visitor,
          layer,
          DefaultParamInitializer.WEIGHT_KEY,
          layout.range(node, weights),
          Form.TRANSPOSED);
      visit(visitor, layer, DefaultParamInitializer.BIAS_KEY, layout.range(node, bias), Form.SAME);
    }

    private void visit(Visitor visitor, String layer, String key, Range range, Form form) {
      boolean exists = network.getConfiguration().getVertices().containsKey(layer);
      INDArray array = exists ? network.getLayer(layer).getParam(key) : null;
      if (array == null || array.length() > range.length()) {
        throw new IllegalArgumentException(
            "the network has another shape: its layer %s has %s values of %s, expected at most %d"
                .formatted(layer, array == null ? "no" : array.length(), key, range.length()));
      }
      visitor.visit(array, range, form);
    }
  }

  @FunctionalInterface
  private interface Visitor {
    void visit(INDArray array, Range range, Form form);
  }

  /** How a layer's values lie, row by row, beside the flat ones. */
  private enum Form {
    SAME,
    /** [in, out] beside [out, in]; the layer may have fewer outputs. */
    TRANSPOSED,
    /** [kernel, kernel, in, 1] beside [in, 1, kernel, kernel]. */
    DEPTHWISE,
    /** Logarithms of standard deviations, to base ten, beside variances. */
    LOG_DEVIATION;

    private static final double LEAST_VARIANCE = 1e-20;

    float[] toLayer(float[] flat, INDArray array) {
      int length = (int) array.length();
      float[] values = new float[length];
      for (int i = 0; i < length; i++) {
        float value = flat[place(i, array)];
        values[i] =
            this == LOG_DEVIATION
                ? (float) (0.5 * Math.log10(Math.max(value, LEAST_VARIANCE)))
                : value;
      }
      return values;
    }

    float[] toFlat(float[] layer, INDArray array) {
      float[] values = new float[layer.length];
      for (int i = 0; i < layer.length; i++) {
        values[place(i, array)] =
            this == LOG_DEVIATION ? (float) Math.pow(10, 2 * layer[i]) : layer[i];
      }
      return values;
    }

    /** Returns where the layer's value {@code i} lies in the flat ones. */
    private int place(int i, INDArray array) {
      int length = (int) array.length();
      return switch (this) {
        case SAME, LOG_DEVIATION -> i;
        case TRANSPOSED -> {
          int out = (int) array.size(1);
          yield i % out * (length / out) + i / out;
        }
        case DEPTHWISE -> {
          int channels = (int) array.size(2);
          yield i % channels * (length / channels) + i / channels;
        }
      };
    }
  }
}
