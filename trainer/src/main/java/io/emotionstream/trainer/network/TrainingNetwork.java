// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

import io.emotionstream.model.Emotions;
import io.emotionstream.model.FaceNormalizer;
import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network that yields gradients for flat parameters; the optimizer is outside.
 *
 * <p>To be used by one thread only, its creator included: DL4J keeps work areas by thread.
 */
public final class TrainingNetwork implements AutoCloseable {
  private final ComputationGraph graph;
  private final SeededDropout dropout;

  TrainingNetwork(ComputationGraph graph, SeededDropout dropout) {
    this.graph = graph;
    this.dropout = dropout;
  }

  /** Returns the number of parameters, running means and deviations included. */
  public int parameterCount() {
    return (int) graph.numParams();
  }

  /** Returns a copy of the parameters. */
  public float[] parameters() {
    return FlatArrays.copy(graph.params());
  }

  /** Replaces all parameters. */
  public void setParameters(float[] parameters) {
    FlatArrays.write(parameters, graph.params());
  }

  /** Returns the kind of each parameter, in flat order. */
  public ParameterKind[] parameterKinds() {
    ParameterKind[] kinds = new ParameterKind[parameterCount()];
    for (Map.Entry<String, INDArray> entry : graph.paramTable().entrySet()) {
      INDArray view = entry.getValue();
      int from = (int) (view.offset() - graph.params().offset());
      Arrays.fill(kinds, from, from + (int) view.length(), kindOf(entry.getKey()));
    }
    for (int i = 0; i < kinds.length; i++) {
      if (kinds[i] == null) {
        throw new IllegalStateException("parameter " + i + " belongs to no layer");
      }
    }
    return kinds;
  }

  private static ParameterKind kindOf(String name) {
    String parameter = name.substring(name.lastIndexOf('_') + 1);
    return switch (parameter) {
      case DefaultParamInitializer.WEIGHT_KEY -> ParameterKind.WEIGHT;
      case BatchNormalizationParamInitializer.GLOBAL_MEAN,
          BatchNormalizationParamInitializer.GLOBAL_LOG_STD ->
          ParameterKind.RUNNING_STATISTIC;
      default -> ParameterKind.OFFSET_OR_SCALE;
    };
  }

  /**
   * Computes the gradient of a batch.
   *
   * @param faces normalized faces, [n, 48, 48] row by row
   * @param labels target probabilities, [n, 7] row by row
   * @param dropoutSeed draws what is dropped
   * @param gradient receives the sum over the batch; for running statistics what is to be
   *     subtracted from them
   * @return mean cross-entropy of the batch
   */
  public double gradient(float[] faces, float[] labels, long dropoutSeed, float[] gradient) {
    dropout.reseed(dropoutSeed);
    int count = labels.length / Emotions.COUNT;
    try (INDArray input = input(faces, count);
        INDArray target = Nd4j.create(labels, new long[] {count, Emotions.COUNT}, 'c')) {
      graph.setInputs(input);
      graph.setLabels(target);
      graph.computeGradientAndScore();
      FlatArrays.read(graph.getFlattenedGradients(), gradient);
      double loss = graph.score();
      graph.clear();
      return loss;
    }
  }

  /**
   * Classifies with running statistics and without dropout.
   *
   * @param faces normalized faces, [n, 48, 48] row by row
   * @return [n][7] probabilities
   */
  public float[][] classify(float[] faces) {
    int count = faces.length / FaceNormalizer.PIXELS;
    try (INDArray input = input(faces, count);
        INDArray output = graph.outputSingle(input)) {
      return output.toFloatMatrix();
    }
  }

  private static INDArray input(float[] faces, int count) {
    long[] shape = {count, 1, FaceNormalizer.SIDE, FaceNormalizer.SIDE};
    return Nd4j.create(faces, shape, 'c');
  }

  @Override
  public void close() {
    graph.close();
  }
}
