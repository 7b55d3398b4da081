// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

import io.emotionstream.model.FaceNormalizer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;

/**
 * The convolutional part of a network, prepared once for a fixed number of faces and then run over
 * and over by oneDNN: no array is made and no layout of maps changed while training.
 *
 * <p>To be used by one thread at a time; native operations should be one thread wide ({@code
 * OMP_NUM_THREADS=1}).
 */
final class TrainingPlan implements AutoCloseable {
  private final OneDnn oneDnn = new OneDnn();
  private final memory faces;
  private final FloatBuffer faceValues;
  private final List<Unit> units = new ArrayList<>();
  private final Maps output;
  private final float[] mapValues;

  /** Prepares {@code spec} for {@code count} faces at a time. */
  TrainingPlan(NetworkSpec spec, ParameterLayout layout, int count, Precision precision) {
    faces =
        oneDnn.allocate(
            new memory.desc(
                new long[] {count, 1, FaceNormalizer.SIDE, FaceNormalizer.SIDE},
                memory.data_type.f32,
                memory.format_tag.nchw));
    faceValues = OneDnn.floats(faces);
    Map<String, Maps> maps = new HashMap<>();
    for (Node node : spec.nodes()) {
      Maps made = mapsOf(node, maps.get(node.inputs().get(0)), count, precision);
      maps.put(node.name(), made);
      units.add(unit(node, maps, layout, made));
    }
    output = Objects.requireNonNull(maps.get(spec.nodes().get(spec.nodes().size() - 1).name()));
    for (int i = units.size() - 1; i >= 0; i--) {
      units.get(i).prepareBackward();
    }
    mapValues = new float[count * output.channels() * output.side() * output.side()];
  }

  private Maps mapsOf(Node node, @Nullable Maps first, int count, Precision precision) {
    int side = first == null ? FaceNormalizer.SIDE : first.side();
    if (node instanceof Node.Convolution convolution) {
      return new Maps(oneDnn, count, convolution.out(), side / convolution.stride(), precision);
    }
    int channels = Objects.requireNonNull(first).channels();
    int made = node instanceof Node.Pooling ? side / 2 : side;
    return new Maps(oneDnn, count, channels, made, precision);
  }

  private Unit unit(Node node, Map<String, Maps> maps, ParameterLayout layout, Maps made) {
    if (node instanceof Node.Convolution convolution) {
      return new ConvolutionUnit(
          oneDnn,
          convolution,
          maps.get(convolution.input()),
          faces,
          made,
          layout.range(convolution.name(), ParameterLayout.Key.WEIGHTS));
    }
    Maps input = Objects.requireNonNull(maps.get(node.inputs().get(0)));
    if (node instanceof Node.Normalization normalization) {
      return new NormalizationUnit(oneDnn, normalization, input, made, layout);
    } else if (node instanceof Node.Pooling pooling) {
      return new PoolingUnit(oneDnn, pooling, input, made);
    } else if (node instanceof Node.Excitation excitation) {
      return new ExcitationUnit(oneDnn, excitation, input, made, layout);
    } else if (node instanceof Node.Addition addition) {
      Maps right = Objects.requireNonNull(maps.get(addition.right()));
      return new AdditionUnit(oneDnn, input, right, made);
    }
    throw new IllegalArgumentException("no unit computes " + node);
  }

  void upload(float[] parameters) {
    units.forEach(unit -> unit.upload(parameters));
  }

  /**
   * Computes the mean of each of the last maps.
   *
   * @param input normalized faces, [count, 48, 48] row by row
   * @param training whether to normalize by the batch's statistics
   * @param features receives the means, [count, channels]
   */
  void forward(float[] input, boolean training, float[] features) {
    faceValues.put(0, input);
    units.forEach(unit -> unit.forward(training));
    output.precision().read(output.values(), mapValues);
    int area = output.side() * output.side();
    // Blocks of channels lie one after the other, in a block the pixels, and in a pixel channels.
    for (int from = 0, to = 0; to < features.length; from += area * Maps.BLOCK, to += Maps.BLOCK) {
      for (int c = 0; c < Maps.BLOCK; c++) {
        float sum = 0;
        for (int pixel = 0; pixel < area; pixel++) {
          sum += mapValues[from + pixel * Maps.BLOCK + c];
        }
        features[to + c] = sum / area;
      }
    }
  }

  /**
   * Computes the gradients of the last forward computation, which was one for training.
   *
   * @param featureGradient gradient of the features, [count, channels]
   * @param parameters those of the last upload
   * @param gradient receives the gradient of each parameter of the convolutional part, summed over
   *     the batch; for running statistics what is to be subtracted from them
   */
  void backward(float[] featureGradient, float[] parameters, float[] gradient) {
    int area = output.side() * output.side();
    for (int i = 0, block = 0; block < featureGradient.length; block += Maps.BLOCK) {
      for (int pixel = 0; pixel < area; pixel++) {
        for (int c = 0; c < Maps.BLOCK; c++, i++) {
          mapValues[i] = featureGradient[block + c] / area;
        }
      }
    }
    output.precision().write(mapValues, output.gradient());
    for (int i = units.size() - 1; i >= 0; i--) {
      units.get(i).backward();
    }
    units.forEach(unit -> unit.download(parameters, gradient));
  }

  @Override
  public void close() {
    oneDnn.close();
  }
}
