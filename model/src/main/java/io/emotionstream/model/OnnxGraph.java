// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import static java.util.Objects.requireNonNull;

import io.emotionstream.model.Step.Function;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;

/**
 * Writes a {@link ServingGraph} in the Open Neural Network Exchange format, operator set {@value
 * #OPERATORS}, channels first: input {@value #INPUT} [n, 1, 48, 48] in [0, 1], output {@value
 * #OUTPUT} [n, 7], any n.
 *
 * <p>The protobuf classes are those that ND4J brings along.
 */
final class OnnxGraph {
  /** Name of the input. */
  static final String INPUT = "faces";

  /** Name of the output. */
  static final String OUTPUT = "probabilities";

  /** Version of the operator set; the 13th is that of 2020, which every current runtime reads. */
  static final long OPERATORS = 13;

  private static final long FORMAT = 7; // that which came with the operator set
  private static final String BATCH = "n";

  private final ServingGraph graph;
  private final Map<String, Shape> shapes;
  private final double temperature;
  private final Set<String> vectors = new HashSet<>();
  private final GraphProto.Builder out = GraphProto.newBuilder();

  private OnnxGraph(ServingGraph graph, double temperature) {
    this.graph = graph;
    this.temperature = temperature;
    shapes = graph.shapes();
  }

  /**
   * Returns the model's bytes.
   *
   * @param temperature what the logits are divided by before the softmax; 1 for the network's own
   *     answers
   * @param metadata told in the model's properties
   */
  static byte[] write(ServingGraph graph, double temperature, Map<String, String> metadata) {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(FORMAT)
            .setProducerName("Emotion Stream")
            .addOpsetImport(Onnx.OperatorSetIdProto.newBuilder().setVersion(OPERATORS))
            .setGraph(new OnnxGraph(graph, temperature).write());
    metadata.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry ->
                model.addMetadataProps(
                    Onnx.StringStringEntryProto.newBuilder()
                        .setKey(entry.getKey())
                        .setValue(entry.getValue())));
    return model.build().toByteArray();
  }

  private GraphProto write() {
    long side = FaceNormalizer.SIDE;
    out.setName("emotion")
        .addInput(value(INPUT, 1, side, side))
        .addOutput(value(OUTPUT, requireNonNull(shapes.get(graph.output())).size()));
    for (Step step : graph.steps()) {
      add(step);
    }
    return out.build();
  }

  private String nameOf(String value) {
    return value.equals(graph.input()) ? INPUT : value.equals(graph.output()) ? OUTPUT : value;
  }

  private void add(Step step) {
    String name = nameOf(step.name());
    List<String> inputs = step.inputs().stream().map(this::nameOf).toList();
    String in = inputs.get(0);
    if (step instanceof Step.Average
        || step instanceof Step.Connect
        || !(step instanceof Step.Scale) && vectors.contains(in)) {
      vectors.add(name);
    }
    if (step instanceof Step.Convolve it) {
      String weights = floats(name + "/weights", toOihw(it), convolutionShape(it));
      node("Conv", name, in, weights, floats(name + "/bias", it.bias(), it.channelsOut()))
          .addAllAttribute(slide(it.rows(), it.columns()));
    } else if (step instanceof Step.ConvolveDepthwise it) {
      long channels = it.bias().length;
      String weights =
          floats(
              name + "/weights",
              toChannelsFirst(it.weights(), it.bias().length),
              channels,
              1,
              it.rows().kernel(),
              it.columns().kernel());
      node("Conv", name, in, weights, floats(name + "/bias", it.bias(), channels))
          .addAllAttribute(slide(it.rows(), it.columns()))
          .addAttribute(
              AttributeProto.newBuilder()
                  .setName("group")
                  .setType(AttributeProto.AttributeType.INT)
                  .setI(it.channels()));
    } else if (step instanceof Step.Pool it) {
      node(it.maximum() ? "MaxPool" : "AveragePool", name, in)
          .addAllAttribute(slide(it.rows(), it.columns()));
    } else if (step instanceof Step.Average) {
      node("GlobalAveragePool", name + "/pooled", in);
      node("Flatten", name, name + "/pooled");
    } else if (step instanceof Step.Connect it) {
      node(
          "Gemm",
          name,
          in,
          floats(name + "/weights", it.weights(), it.in(), it.out()),
          floats(name + "/bias", it.bias(), it.out()));
    } else if (step instanceof Step.Normalize it) {
      long channels = it.scale().length;
      long[] shape =
          vectors.contains(name) ? new long[] {1, channels} : new long[] {1, channels, 1, 1};
      node("Mul", name + "/scaled", in, floats(name + "/scale", it.scale(), shape));
      node("Add", name, name + "/scaled", floats(name + "/shift", it.shift(), shape));
    } else if (step instanceof Step.Activate it) {
      activate(it.function(), name, in);
    } else if (step instanceof Step.Add) {
      node(inputs.size() == 2 ? "Add" : "Sum", name, inputs.toArray(String[]::new));
    } else if (step instanceof Step.Scale) {
      String axes =
          tensor(
              TensorProto.newBuilder()
                  .setName(name + "/axes")
                  .setDataType(TensorProto.DataType.INT64_VALUE)
                  .addDims(2)
                  .addAllInt64Data(List.of(2L, 3L)));
      node("Unsqueeze", name + "/gates", inputs.get(1), axes);
      node("Mul", name, in, name + "/gates");
    }
  }

  private void activate(Function function, String name, String in) {
    switch (function) {
      case RELU -> node("Relu", name, in);
      case SIGMOID -> node("Sigmoid", name, in);
      case SOFTMAX -> {
        String logits = in;
        if (temperature != 1 && name.equals(OUTPUT)) {
          logits = name + "/calibrated";
          float[] value = {(float) temperature};
          node("Div", logits, in, floats("temperature", value, 1));
        }
        node("Softmax", name, logits)
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("axis")
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(1));
      }
    }
  }

  private NodeProto.Builder node(String operator, String output, String... inputs) {
    return out.addNodeBuilder()
        .setName(output)
        .setOpType(operator)
        .addOutput(output)
        .addAllInput(List.of(inputs));
  }

  private static List<AttributeProto> slide(Window rows, Window columns) {
    return List.of(
        integers("kernel_shape", rows.kernel(), columns.kernel()),
        integers("strides", rows.stride(), columns.stride()),
        integers("pads", rows.before(), columns.before(), rows.after(), columns.after()));
  }

  private static AttributeProto integers(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  private static long[] convolutionShape(Step.Convolve it) {
    return new long[] {
      it.channelsOut(), it.channelsIn(), it.rows().kernel(), it.columns().kernel()
    };
  }

  /** From [height, width, in, out] to [out, in, height, width]. */
  private static float[] toOihw(Step.Convolve it) {
    float[] inFirst = toChannelsFirst(it.weights(), it.channelsIn() * it.channelsOut());
    int area = it.rows().kernel() * it.columns().kernel();
    float[] result = new float[inFirst.length];
    for (int in = 0; in < it.channelsIn(); in++) {
      for (int to = 0; to < it.channelsOut(); to++) {
        System.arraycopy(
            inFirst,
            (in * it.channelsOut() + to) * area,
            result,
            (to * it.channelsIn() + in) * area,
            area);
      }
    }
    return result;
  }

  /** From [anything, channels] to [channels, anything]. */
  private static float[] toChannelsFirst(float[] weights, int channels) {
    int area = weights.length / channels;
    float[] result = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      result[i % channels * area + i / channels] = weights[i];
    }
    return result;
  }

  private String floats(String name, float[] values, long... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .setRawData(ByteString.copyFrom(bytes.array()));
    for (long size : shape) {
      tensor.addDims(size);
    }
    return tensor(tensor);
  }

  private String tensor(TensorProto.Builder tensor) {
    out.addInitializer(tensor);
    return tensor.getName();
  }

  private static ValueInfoProto value(String name, long... shape) {
    Onnx.TensorShapeProto.Builder dimensions = Onnx.TensorShapeProto.newBuilder();
    dimensions.addDimBuilder().setDimParam(BATCH);
    for (long size : shape) {
      dimensions.addDimBuilder().setDimValue(size);
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            Onnx.TypeProto.newBuilder()
                .setTensorType(
                    Onnx.TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT_VALUE)
                        .setShape(dimensions)))
        .build();
  }
}
