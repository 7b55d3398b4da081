// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import static java.util.Objects.requireNonNull;

import io.emotionstream.model.Step.Activate;
import io.emotionstream.model.Step.Connect;
import io.emotionstream.model.Step.Convolve;
import io.emotionstream.model.Step.ConvolveDepthwise;
import io.emotionstream.model.Step.Function;
import io.emotionstream.model.Step.Normalize;
import io.emotionstream.model.Step.Pool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * What a trained network computes, without what only training needs: the common ground of the
 * engines that serve it.
 *
 * <p>Steps are in an order in which they can be computed. Immutable, but for the weight arrays,
 * which nobody changes.
 *
 * @param input name of the input, one face of 48 x 48 x 1
 * @param steps what is computed; the last makes the seven probabilities
 */
record ServingGraph(String input, List<Step> steps) {
  ServingGraph {
    steps = List.copyOf(steps);
  }

  /**
   * Reads a network as it was trained and makes it cheaper.
   *
   * @throws UnknownLayerException if it has a layer that is not known here
   */
  static ServingGraph of(ComputationGraph network) throws UnknownLayerException {
    return GraphReader.read(network).folded().poolingFirst();
  }

  /** Returns the name of the seven probabilities. */
  String output() {
    return steps.get(steps.size() - 1).name();
  }

  /** Returns the shape of each value, the input's included. */
  Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new HashMap<>();
    shapes.put(input, new Shape(FaceNormalizer.SIDE, FaceNormalizer.SIDE, 1));
    for (Step step : steps) {
      shapes.put(step.name(), shape(step, requireNonNull(shapes.get(step.inputs().get(0)))));
    }
    return shapes;
  }

  static Shape shape(Step step, Shape in) {
    if (step instanceof Convolve convolve) {
      return new Shape(
          convolve.rows().output(), convolve.columns().output(), convolve.channelsOut());
    } else if (step instanceof ConvolveDepthwise convolve) {
      return new Shape(
          convolve.rows().output(),
          convolve.columns().output(),
          convolve.channels() * convolve.multiplier());
    } else if (step instanceof Pool pool) {
      return new Shape(pool.rows().output(), pool.columns().output(), in.channels());
    } else if (step instanceof Step.Average) {
      return Shape.vector(in.channels());
    } else if (step instanceof Connect connect) {
      return Shape.vector(connect.out());
    }
    return in;
  }

  /** Returns how many steps use each value. */
  Map<String, Integer> uses() {
    Map<String, Integer> uses = new HashMap<>();
    for (Step step : steps) {
      step.inputs().forEach(name -> uses.merge(name, 1, Integer::sum));
    }
    return uses;
  }

  /**
   * Works each batch normalization into the convolution or fully connected layer before it, where
   * nobody else wants what that one makes.
   */
  ServingGraph folded() {
    Map<String, Integer> uses = uses();
    Map<String, Integer> places = new HashMap<>();
    List<Step> result = new ArrayList<>();
    for (Step step : steps) {
      Integer before = places.get(step.inputs().get(0));
      if (step instanceof Normalize normalize
          && before != null
          && uses.getOrDefault(step.inputs().get(0), 0) == 1
          && isLinear(result.get(before))) {
        result.set(before, fold(normalize, result.get(before)));
        places.put(step.name(), before);
      } else {
        places.put(step.name(), result.size());
        result.add(step);
      }
    }
    return new ServingGraph(input, result);
  }

  private static boolean isLinear(Step step) {
    return step instanceof Convolve
        || step instanceof ConvolveDepthwise
        || step instanceof Connect
        || step instanceof Normalize;
  }

  /** All weights have the output channel as their last dimension, so one loop serves them all. */
  private static Step fold(Normalize next, Step step) {
    float[] scale = next.scale();
    if (step instanceof Convolve convolve) {
      return new Convolve(
          next.name(),
          convolve.inputs(),
          convolve.rows(),
          convolve.columns(),
          convolve.same(),
          convolve.channelsIn(),
          convolve.channelsOut(),
          times(convolve.weights(), scale),
          shifted(convolve.bias(), next));
    } else if (step instanceof ConvolveDepthwise convolve) {
      return new ConvolveDepthwise(
          next.name(),
          convolve.inputs(),
          convolve.rows(),
          convolve.columns(),
          convolve.same(),
          convolve.channels(),
          convolve.multiplier(),
          times(convolve.weights(), scale),
          shifted(convolve.bias(), next));
    } else if (step instanceof Connect connect) {
      return new Connect(
          next.name(),
          connect.inputs(),
          connect.in(),
          connect.out(),
          times(connect.weights(), scale),
          shifted(connect.bias(), next));
    } else if (step instanceof Normalize normalize) {
      return new Normalize(
          next.name(),
          normalize.inputs(),
          times(normalize.scale(), scale),
          shifted(normalize.shift(), next));
    }
    throw new AssertionError("not linear: " + step);
  }

  private static float[] times(float[] weights, float[] scale) {
    float[] scaled = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      scaled[i] = weights[i] * scale[i % scale.length];
    }
    return scaled;
  }

  private static float[] shifted(float[] bias, Normalize next) {
    float[] shifted = times(bias, next.scale());
    for (int i = 0; i < bias.length; i++) {
      shifted[i] += next.shift()[i];
    }
    return shifted;
  }

  /**
   * Takes the maximum before the ReLU rather than after it: the same result, for both keep the
   * order of values, with a quarter of the ReLU's work.
   */
  ServingGraph poolingFirst() {
    Map<String, Integer> uses = uses();
    List<Step> result = new ArrayList<>(steps);
    for (int i = 1; i < result.size(); i++) {
      if (result.get(i) instanceof Pool pool
          && pool.maximum()
          && result.get(i - 1) instanceof Activate relu
          && relu.function() == Function.RELU
          && pool.inputs().get(0).equals(relu.name())
          && uses.getOrDefault(relu.name(), 0) == 1) {
        String between = pool.name() + "/before-relu";
        result.set(
            i - 1,
            new Pool(
                between, relu.inputs(), pool.rows(), pool.columns(), pool.same(), pool.maximum()));
        result.set(i, new Activate(pool.name(), List.of(between), Function.RELU));
      }
    }
    return new ServingGraph(input, result);
  }
}
