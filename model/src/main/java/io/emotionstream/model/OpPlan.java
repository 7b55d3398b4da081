// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import static java.util.Objects.requireNonNull;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The ND4J operations of a {@link ServingGraph} for one batch size, channels last, with all their
 * arrays: made once, then replayed. DL4J makes all of it anew at each call.
 *
 * <p>Not safe for use by several threads, nor beside another plan on the same {@link Memory}. It
 * needs no closing: ND4J frees the contexts of its operations when they are garbage.
 */
final class OpPlan {
  private static final long LAST = 1; // channels last, as ND4J's operations are told
  private static final OpExecutioner EXECUTIONER = Nd4j.getExecutioner();

  private record Call(CustomOp operation, OpContext context) {
    void run() {
      EXECUTIONER.exec(operation, context);
    }
  }

  private final Map<String, Shape> shapes;
  private final Map<String, INDArray> values = new HashMap<>();
  private final List<Call> calls = new ArrayList<>();
  private final FloatBuffer input;
  private final FloatBuffer output;

  OpPlan(ServingGraph graph, Weights weights, Memory memory, int batch) {
    shapes = graph.shapes();
    INDArray faces = memory.input(batch);
    values.put(graph.input(), faces);
    for (Step step : graph.steps()) {
      values.put(step.name(), memory.value(step.name(), batch, at(shapes, step.name())));
      add(step, weights);
    }
    input = faces.data().asNioFloat();
    output = at(values, graph.output()).data().asNioFloat();
  }

  /**
   * Classifies some of {@code faces}; where there are fewer than the plan's batch, what is left
   * over of an earlier one is computed again and not looked at.
   *
   * @param answers receives an answer for each of them
   */
  void classify(float[][] faces, int from, int count, float[][] answers) {
    for (int i = 0; i < count; i++) {
      input.put(i * FaceNormalizer.PIXELS, faces[from + i]);
    }
    for (Call call : calls) {
      call.run();
    }
    int classes = answers[from].length;
    for (int i = 0; i < count; i++) {
      output.get(i * classes, answers[from + i]);
    }
  }

  private void add(Step step, Weights weights) {
    INDArray out = at(values, step.name());
    INDArray in = at(values, step.inputs().get(0));
    if (step instanceof Step.Convolve convolve) {
      call("conv2d", out, in, weights.of(step), weights.bias(step))
          .setIArguments(
              slide(convolve.rows(), convolve.columns(), convolve.same(), LAST, 0)); // HWIO
    } else if (step instanceof Step.ConvolveDepthwise convolve) {
      call("depthwise_conv2d", out, in, weights.of(step), weights.bias(step))
          .setIArguments(slide(convolve.rows(), convolve.columns(), convolve.same(), LAST, 0));
    } else if (step instanceof Step.Pool pool) {
      call(pool.maximum() ? "maxpool2d" : "avgpool2d", out, in)
          .setIArguments(slide(pool.rows(), pool.columns(), pool.same(), 0, LAST));
    } else if (step instanceof Step.Average) {
      Shape shape = at(shapes, step.inputs().get(0));
      Window rows = new Window(shape.height(), 1, 0, 0, 1);
      Window columns = new Window(shape.width(), 1, 0, 0, 1);
      call("avgpool2d", spread(out), in).setIArguments(slide(rows, columns, false, 0, LAST));
    } else if (step instanceof Step.Normalize) {
      call("multiply", out, in, weights.of(step));
      call("add", out, out, weights.bias(step));
    } else if (step instanceof Step.Connect) {
      call("xw_plus_b", out, in, weights.of(step), weights.bias(step));
    } else if (step instanceof Step.Activate activate) {
      activate(activate, out, in);
    } else if (step instanceof Step.Add sum) {
      for (int i = 1; i < sum.inputs().size(); i++) {
        call("add", out, i == 1 ? in : out, at(values, sum.inputs().get(i)));
      }
    } else if (step instanceof Step.Scale scale) {
      call("multiply", out, in, spread(at(values, scale.inputs().get(1))));
    }
  }

  private void activate(Step.Activate step, INDArray out, INDArray in) {
    switch (step.function()) {
      case RELU -> call("relu", out, in).setTArguments(0);
      case SIGMOID -> call("sigmoid", out, in);
      case SOFTMAX -> call("softmax", out, in);
    }
  }

  private OpContext call(String operation, INDArray out, INDArray... in) {
    OpContext context = EXECUTIONER.buildContext();
    for (int i = 0; i < in.length; i++) {
      context.setInputArray(i, in[i]);
    }
    context.setOutputArray(0, out);
    calls.add(new Call(DynamicCustomOp.builder(operation).build(), context));
    return context;
  }

  private static long[] slide(Window rows, Window columns, boolean same, long ninth, long tenth) {
    return new long[] {
      rows.kernel(),
      columns.kernel(),
      rows.stride(),
      columns.stride(),
      rows.before(),
      columns.before(),
      1, // no dilation
      1,
      same ? 1 : 0,
      ninth,
      tenth
    };
  }

  /** Returns vectors [n, c] as pictures [n, 1, 1, c] of the same memory. */
  private static INDArray spread(INDArray vectors) {
    return vectors.reshape('c', vectors.size(0), 1, 1, vectors.size(1));
  }

  /** Returns what {@code map} holds of {@code name}; the order of the steps sees to it. */
  private static <T> T at(Map<String, T> map, String name) {
    return requireNonNull(map.get(name), name);
  }

  /** The weights of a graph as ND4J arrays, for plans of any batch size. */
  static final class Weights implements AutoCloseable {
    private final Map<String, INDArray> weights = new HashMap<>();
    private final Map<String, INDArray> biases = new HashMap<>();

    Weights(ServingGraph graph) {
      for (Step step : graph.steps()) {
        if (step instanceof Step.Convolve it) {
          put(
              step,
              it.weights(),
              it.bias(),
              it.rows().kernel(),
              it.columns().kernel(),
              it.channelsIn(),
              it.channelsOut());
        } else if (step instanceof Step.ConvolveDepthwise it) {
          put(
              step,
              it.weights(),
              it.bias(),
              it.rows().kernel(),
              it.columns().kernel(),
              it.channels(),
              it.multiplier());
        } else if (step instanceof Step.Connect it) {
          put(step, it.weights(), it.bias(), it.in(), it.out());
        } else if (step instanceof Step.Normalize it) {
          put(step, it.scale(), it.shift(), it.scale().length);
        }
      }
    }

    private void put(Step step, float[] values, float[] bias, long... shape) {
      weights.put(step.name(), Nd4j.create(values, shape, 'c'));
      biases.put(step.name(), Nd4j.create(bias, new long[] {bias.length}, 'c'));
    }

    INDArray of(Step step) {
      return at(weights, step.name());
    }

    INDArray bias(Step step) {
      return at(biases, step.name());
    }

    @Override
    public void close() {
      weights.values().forEach(INDArray::close);
      biases.values().forEach(INDArray::close);
    }
  }

  /** Room for the values of batches up to a greatest one; plans of all batch sizes share it. */
  static final class Memory implements AutoCloseable {
    private final Slots slots;
    private final int batch;
    private final INDArray input;
    private final List<INDArray> pieces = new ArrayList<>();

    Memory(Slots slots, int batch) {
      this.slots = slots;
      this.batch = batch;
      input = floats((long) batch * FaceNormalizer.PIXELS);
      for (int size : slots.sizes()) {
        pieces.add(floats((long) batch * size));
      }
    }

    private static INDArray floats(long length) {
      return Nd4j.zeros(DataType.FLOAT, length);
    }

    int batch() {
      return batch;
    }

    INDArray input(int count) {
      long side = FaceNormalizer.SIDE;
      return Nd4j.create(input.data(), new long[] {count, side, side, 1});
    }

    INDArray value(String name, int count, Shape shape) {
      INDArray piece = pieces.get(at(slots.of(), name));
      return shape.height() == 1 && shape.width() == 1
          ? Nd4j.create(piece.data(), new long[] {count, shape.channels()})
          : Nd4j.create(
              piece.data(), new long[] {count, shape.height(), shape.width(), shape.channels()});
    }

    @Override
    public void close() {
      input.close();
      pieces.forEach(INDArray::close);
    }
  }
}
