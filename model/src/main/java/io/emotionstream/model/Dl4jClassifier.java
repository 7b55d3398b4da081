// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import java.io.IOException;
import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Classifies with a DL4J network of its own. */
final class Dl4jClassifier implements EmotionClassifier {
  private final String modelId;
  private final ComputationGraph network;

  private Dl4jClassifier(String modelId, ComputationGraph network) {
    this.modelId = modelId;
    this.network = network;
  }

  static Dl4jClassifier create(ModelBundle bundle) throws IOException {
    Dl4jClassifier classifier = new Dl4jClassifier(bundle.modelId(), bundle.newNetwork());
    try {
      float[][] answer = classifier.classify(new float[1][FaceNormalizer.PIXELS]);
      double sum = 0;
      for (float probability : answer[0]) {
        sum += probability;
      }
      if (answer[0].length != Emotions.COUNT || !(Math.abs(sum - 1) < 1e-3)) {
        throw new IllegalStateException("it answered " + Arrays.toString(answer[0]));
      }
      return classifier;
    } catch (RuntimeException e) {
      classifier.close();
      throw bundle.invalid(
          "its network does not answer one face with seven probabilities: " + e.getMessage(), e);
    }
  }

  @Override
  public String modelId() {
    return modelId;
  }

  @Override
  public float[][] classify(float[][] faces) {
    float[] flat = new float[faces.length * FaceNormalizer.PIXELS];
    for (int i = 0; i < faces.length; i++) {
      if (faces[i].length != FaceNormalizer.PIXELS) {
        throw new IllegalArgumentException(
            "face %d has %d values, expected %d"
                .formatted(i, faces[i].length, FaceNormalizer.PIXELS));
      }
      System.arraycopy(faces[i], 0, flat, i * FaceNormalizer.PIXELS, FaceNormalizer.PIXELS);
    }
    // Off-heap arrays are closed at once: left to the garbage collector they pile up.
    try (INDArray input =
            Nd4j.create(
                flat, new long[] {faces.length, 1, FaceNormalizer.SIDE, FaceNormalizer.SIDE});
        INDArray output = network.outputSingle(input)) {
      return output.toFloatMatrix();
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
