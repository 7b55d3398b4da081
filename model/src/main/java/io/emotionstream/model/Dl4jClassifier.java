// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Classifies with a DL4J network of its own, channels last where that is possible. */
final class Dl4jClassifier implements EmotionClassifier {
  private static final Logger LOG = LoggerFactory.getLogger(Dl4jClassifier.class);
  private static final long SIDE = FaceNormalizer.SIDE;

  private final String modelId;
  private final ComputationGraph network;
  private final boolean channelsLast;

  private Dl4jClassifier(String modelId, ComputationGraph network, boolean channelsLast) {
    this.modelId = modelId;
    this.network = network;
    this.channelsLast = channelsLast;
  }

  static Dl4jClassifier create(ModelBundle bundle) throws IOException {
    ComputationGraph trained = bundle.newNetwork();
    Optional<ComputationGraph> fast = ChannelsLast.of(trained);
    if (fast.isPresent()) {
      trained.close();
    } else {
      LOG.warn(
          "{} has a layer that is not known to serve with channels last: it runs as it was"
              + " trained, more slowly",
          bundle);
    }
    return check(
        bundle, new Dl4jClassifier(bundle.modelId(), fast.orElse(trained), fast.isPresent()));
  }

  /** Returns a classifier of the network as it was trained: what the fast one must agree with. */
  static Dl4jClassifier createAsTrained(ModelBundle bundle) throws IOException {
    return check(bundle, new Dl4jClassifier(bundle.modelId(), bundle.newNetwork(), false));
  }

  private static Dl4jClassifier check(ModelBundle bundle, Dl4jClassifier classifier)
      throws IOException {
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
    try (INDArray input = Nd4j.create(flat, shape(faces.length));
        INDArray output = network.outputSingle(input)) {
      return output.toFloatMatrix();
    }
  }

  /** One channel: the values of a face lie alike in both layouts. */
  private long[] shape(int faces) {
    return channelsLast ? new long[] {faces, SIDE, SIDE, 1} : new long[] {faces, 1, SIDE, SIDE};
  }

  @Override
  public void close() {
    network.close();
  }
}
