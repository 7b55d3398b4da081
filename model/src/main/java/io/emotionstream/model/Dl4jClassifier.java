// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import java.io.IOException;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Classifies with a plain DL4J network of its own, channels last where that is possible. */
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

  /** Prepares the network of {@code bundle} for serving; plain DL4J where that cannot be done. */
  static EmotionClassifier create(ModelBundle bundle) throws IOException {
    ComputationGraph trained = bundle.newNetwork();
    try {
      EmotionClassifier planned = new PlannedClassifier(bundle.modelId(), ServingGraph.of(trained));
      trained.close();
      return planned;
    } catch (UnknownLayerException e) {
      Optional<ComputationGraph> channelsLast = ChannelsLast.of(trained);
      LOG.warn(
          "{} is served by plain DL4J{}, more slowly, for it has a layer that is not known to the"
              + " preparation for serving: {}",
          bundle,
          channelsLast.isPresent() ? "" : " as it was trained",
          e.getMessage());
      channelsLast.ifPresent(copy -> trained.close());
      return new Dl4jClassifier(
          bundle.modelId(), channelsLast.orElse(trained), channelsLast.isPresent());
    }
  }

  /** Returns a classifier of the network as it was trained: what the fast ones must agree with. */
  static Dl4jClassifier createAsTrained(ModelBundle bundle) throws IOException {
    return new Dl4jClassifier(bundle.modelId(), bundle.newNetwork(), false);
  }

  @Override
  public String modelId() {
    return modelId;
  }

  @Override
  public String engine() {
    return "plain DL4J%s on %s"
        .formatted(channelsLast ? ", channels last," : "", NativeKernels.enable());
  }

  @Override
  public float[][] classify(float[][] faces) {
    Faces.require(faces);
    float[] flat = new float[faces.length * FaceNormalizer.PIXELS];
    for (int i = 0; i < faces.length; i++) {
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
