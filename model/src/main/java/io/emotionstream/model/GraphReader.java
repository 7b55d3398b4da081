// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import static java.util.Objects.requireNonNull;

import io.emotionstream.model.Step.Function;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reads a DL4J network, channels first as it was trained, step by step.
 *
 * <p>It compares classes, not instances: a subclass of a known layer is another layer.
 */
final class GraphReader {
  private final ComputationGraph network;
  private final Map<String, String> values = new HashMap<>();
  private final Map<String, Shape> shapes = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();

  private GraphReader(ComputationGraph network) {
    this.network = network;
  }

  /**
   * Returns what {@code network} computes.
   *
   * @throws UnknownLayerException if it has a layer that is not known here
   */
  static ServingGraph read(ComputationGraph network) throws UnknownLayerException {
    return new GraphReader(network).read();
  }

  private ServingGraph read() throws UnknownLayerException {
    ComputationGraphConfiguration configuration = network.getConfiguration();
    List<String> inputs = configuration.getNetworkInputs();
    List<String> outputs = configuration.getNetworkOutputs();
    if (inputs.size() != 1 || outputs.size() != 1) {
      throw new UnknownLayerException(
          "inputs " + inputs + ", outputs " + outputs, "expected one of each");
    }
    String input = inputs.get(0);
    values.put(input, input);
    shapes.put(input, new Shape(FaceNormalizer.SIDE, FaceNormalizer.SIDE, 1));
    for (int index : network.topologicalSortOrder()) {
      String name = network.getVertices()[index].getVertexName();
      if (!name.equals(input)) {
        List<String> from =
            of(configuration.getVertexInputs(), name).stream().map(it -> of(values, it)).toList();
        values.put(name, from.get(0)); // until a step says otherwise
        add(name, of(configuration.getVertices(), name), from);
      }
    }
    if (!steps.get(steps.size() - 1).name().equals(of(values, outputs.get(0)))) {
      throw new UnknownLayerException(outputs.get(0), "is not the last layer");
    }
    return new ServingGraph(input, steps);
  }

  private void add(String name, GraphVertex vertex, List<String> inputs)
      throws UnknownLayerException {
    if (vertex.getClass() == ChannelScale.class) {
      add(name, new Step.Scale(name, inputs));
    } else if (vertex.getClass() == ElementWiseVertex.class
        && ((ElementWiseVertex) vertex).getOp() == ElementWiseVertex.Op.Add
        && inputs.size() > 1
        && inputs.stream().map(shapes::get).distinct().count() == 1) {
      add(name, new Step.Add(name, inputs));
    } else if (vertex.getClass() == LayerVertex.class
        && ((LayerVertex) vertex).getPreProcessor() == null) {
      addLayer(name, ((LayerVertex) vertex).getLayerConf().getLayer(), inputs);
    } else {
      throw new UnknownLayerException(name, "unknown vertex " + vertex.getClass().getSimpleName());
    }
  }

  private void addLayer(String name, Layer layer, List<String> inputs)
      throws UnknownLayerException {
    Shape in = of(shapes, inputs.get(0));
    if (layer.getClass() == ConvolutionLayer.class) {
      ConvolutionLayer convolution = (ConvolutionLayer) layer;
      requireNoDilation(name, convolution.getDilation());
      add(name, convolve(name, convolution, inputs, in));
      activate(name, convolution);
    } else if (layer.getClass() == DepthwiseConvolution2D.class) {
      DepthwiseConvolution2D convolution = (DepthwiseConvolution2D) layer;
      requireNoDilation(name, convolution.getDilation());
      add(name, convolveDepthwise(name, convolution, inputs, in));
      activate(name, convolution);
    } else if (layer.getClass() == BatchNormalization.class) {
      add(name, normalize(name, (BatchNormalization) layer, inputs));
    } else if (layer.getClass() == SubsamplingLayer.class) {
      requireNoDilation(name, ((SubsamplingLayer) layer).getDilation());
      add(name, pool(name, (SubsamplingLayer) layer, inputs, in));
    } else if (layer.getClass() == GlobalPoolingLayer.class
        && ((GlobalPoolingLayer) layer).getPoolingType() == PoolingType.AVG
        && ((GlobalPoolingLayer) layer).isCollapseDimensions()) {
      add(name, new Step.Average(name, inputs));
    } else if (layer.getClass() == DenseLayer.class && !((DenseLayer) layer).hasLayerNorm()
        || layer.getClass() == OutputLayer.class) {
      add(name, connect(name, (FeedForwardLayer) layer, inputs));
      activate(name, (BaseLayer) layer);
    } else if (layer.getClass() == ActivationLayer.class) {
      activate(name, ((ActivationLayer) layer).getActivationFn());
    } else if (layer.getClass() != DropoutLayer.class) {
      throw new UnknownLayerException(name, "unknown kind " + layer.getClass().getSimpleName());
    }
  }

  /** With dilation and padding that is not alike on both sides, ND4J's oneDNN kernels fail. */
  private static void requireNoDilation(String name, int[] dilation) throws UnknownLayerException {
    if (Arrays.stream(dilation).anyMatch(distance -> distance != 1)) {
      throw new UnknownLayerException(name, "dilation " + Arrays.toString(dilation));
    }
  }

  private void add(String vertex, Step step) {
    steps.add(step);
    values.put(vertex, step.name());
    shapes.put(step.name(), ServingGraph.shape(step, of(shapes, step.inputs().get(0))));
  }

  private void activate(String vertex, BaseLayer layer) throws UnknownLayerException {
    activate(vertex, layer.getActivationFn());
  }

  private void activate(String vertex, IActivation activation) throws UnknownLayerException {
    Optional<Function> function = function(vertex, activation);
    if (function.isPresent()) {
      String input = of(values, vertex);
      String name = input.equals(vertex) ? vertex + "/activation" : vertex;
      add(vertex, new Step.Activate(name, List.of(input), function.get()));
    }
  }

  private static Optional<Function> function(String vertex, IActivation activation)
      throws UnknownLayerException {
    if (activation.getClass() == ActivationIdentity.class) {
      return Optional.empty();
    } else if (activation.equals(new ActivationReLU())) { // not a leaky one, nor one with a bound
      return Optional.of(Function.RELU);
    } else if (activation.getClass() == ActivationSigmoid.class) {
      return Optional.of(Function.SIGMOID);
    } else if (activation.getClass() == ActivationSoftmax.class) {
      return Optional.of(Function.SOFTMAX);
    }
    throw new UnknownLayerException(vertex, "unknown activation " + activation);
  }

  private Step convolve(String name, ConvolutionLayer layer, List<String> inputs, Shape in) {
    int out = (int) layer.getNOut();
    return new Step.Convolve(
        name,
        inputs,
        rows(layer, in),
        columns(layer, in),
        isSame(layer.getConvolutionMode()),
        in.channels(),
        out,
        // DL4J has [out, in, height, width].
        parameter(name, DefaultParamInitializer.WEIGHT_KEY, 2, 3, 1, 0),
        bias(name, layer.hasBias(), out));
  }

  private Step convolveDepthwise(
      String name, DepthwiseConvolution2D layer, List<String> inputs, Shape in) {
    int multiplier = layer.getDepthMultiplier();
    return new Step.ConvolveDepthwise(
        name,
        inputs,
        rows(layer, in),
        columns(layer, in),
        isSame(layer.getConvolutionMode()),
        in.channels(),
        multiplier,
        parameter(name, DefaultParamInitializer.WEIGHT_KEY, 0, 1, 2, 3),
        bias(name, layer.hasBias(), in.channels() * multiplier));
  }

  private static Window rows(ConvolutionLayer layer, Shape in) {
    return Window.slide(
        in.height(),
        layer.getKernelSize()[0],
        layer.getStride()[0],
        layer.getConvolutionMode(),
        layer.getPadding()[0]);
  }

  private static Window columns(ConvolutionLayer layer, Shape in) {
    return Window.slide(
        in.width(),
        layer.getKernelSize()[1],
        layer.getStride()[1],
        layer.getConvolutionMode(),
        layer.getPadding()[1]);
  }

  private static boolean isSame(ConvolutionMode mode) {
    return mode == ConvolutionMode.Same;
  }

  private Step pool(String name, SubsamplingLayer layer, List<String> inputs, Shape in)
      throws UnknownLayerException {
    boolean maximum = layer.getPoolingType() == PoolingType.MAX;
    Window[] windows = new Window[2];
    for (int side = 0; side < 2; side++) {
      windows[side] =
          Window.slide(
              side == 0 ? in.height() : in.width(),
              layer.getKernelSize()[side],
              layer.getStride()[side],
              layer.getConvolutionMode(),
              layer.getPadding()[side]);
      boolean padded = windows[side].before() + windows[side].after() > 0;
      // What DL4J divides a padded mean by depends on its kernels.
      if (!maximum && (layer.getPoolingType() != PoolingType.AVG || padded)) {
        throw new UnknownLayerException(
            name, "unknown pooling " + layer.getPoolingType() + (padded ? " with padding" : ""));
      }
    }
    return new Step.Pool(
        name, inputs, windows[0], windows[1], isSame(layer.getConvolutionMode()), maximum);
  }

  /** Gamma (x - mean) / sqrt(variance + epsilon) + beta, as one scale and one shift. */
  private Step normalize(String name, BatchNormalization layer, List<String> inputs) {
    int channels = (int) layer.getNOut();
    float[] mean = parameter(name, BatchNormalizationParamInitializer.GLOBAL_MEAN);
    float[] spread =
        parameter(
            name,
            layer.isUseLogStd()
                ? BatchNormalizationParamInitializer.GLOBAL_LOG_STD
                : BatchNormalizationParamInitializer.GLOBAL_VAR);
    float[] gamma =
        layer.isLockGammaBeta()
            ? filled(channels, layer.getGamma())
            : parameter(name, BatchNormalizationParamInitializer.GAMMA);
    float[] beta =
        layer.isLockGammaBeta()
            ? filled(channels, layer.getBeta())
            : parameter(name, BatchNormalizationParamInitializer.BETA);
    float[] scale = new float[channels];
    float[] shift = new float[channels];
    for (int i = 0; i < channels; i++) {
      double variance = layer.isUseLogStd() ? Math.pow(10, 2.0 * spread[i]) : spread[i];
      double factor = gamma[i] / Math.sqrt(variance + layer.getEps());
      scale[i] = (float) factor;
      shift[i] = (float) (beta[i] - mean[i] * factor);
    }
    return new Step.Normalize(name, inputs, scale, shift);
  }

  private Step connect(String name, FeedForwardLayer layer, List<String> inputs) {
    int out = (int) layer.getNOut();
    boolean hasBias =
        layer instanceof DenseLayer dense
            ? dense.hasBias()
            : layer instanceof OutputLayer output && output.hasBias();
    return new Step.Connect(
        name,
        inputs,
        (int) layer.getNIn(),
        out,
        parameter(name, DefaultParamInitializer.WEIGHT_KEY, 0, 1),
        bias(name, hasBias, out));
  }

  private float[] bias(String vertex, boolean present, int length) {
    return present ? parameter(vertex, DefaultParamInitializer.BIAS_KEY) : new float[length];
  }

  /** Returns what {@code map} holds of {@code name}; the order of the vertices sees to it. */
  private static <T> T of(Map<String, T> map, String name) {
    return requireNonNull(map.get(name), name);
  }

  private static float[] filled(int length, double value) {
    float[] values = new float[length];
    Arrays.fill(values, (float) value);
    return values;
  }

  /** Returns a parameter row by row, its dimensions in the order given, or as they are. */
  private float[] parameter(String vertex, String key, int... order) {
    INDArray values = network.getLayer(vertex).getParam(key);
    try (INDArray copy = (order.length == 0 ? values : values.permute(order)).dup('c')) {
      return copy.data().asFloat();
    }
  }
}
