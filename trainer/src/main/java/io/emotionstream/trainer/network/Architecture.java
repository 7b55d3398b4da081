// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The networks that can be trained, by name. */
@SuppressWarnings("ImmutableEnumChecker") // the bodies capture nothing
public enum Architecture {
  /**
   * The CNN of the paper's kind: blocks of 3x3 convolution, batch normalisation and ReLU in four
   * resolutions (48, 24, 12 and 6 pixels) with max pooling in between, then global average pooling.
   */
  PAPER(
      "paper",
      network ->
          network
              .pooledBlock(32)
              .block(32)
              .pooledBlock(64)
              .block(64)
              .pooledBlock(128)
              .block(128)
              .block(256)),

  /** A third of {@link #PAPER}'s cost: for quick trials and small machines. */
  VGG_SMALL(
      "vgg-small",
      network ->
          network
              .pooledBlock(16)
              .block(32)
              .pooledBlock(32)
              .block(64)
              .pooledBlock(64)
              .block(96)
              .block(128));

  private final String label;
  private final Consumer<NetworkBuilder> body;

  Architecture(String label, Consumer<NetworkBuilder> body) {
    this.label = label;
    this.body = body;
  }

  /**
   * Returns the network of this name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public static Architecture named(String name) {
    for (Architecture architecture : values()) {
      if (architecture.label.equals(name)) {
        return architecture;
      }
    }
    throw new IllegalArgumentException(
        "no network is named \"%s\", there are: %s"
            .formatted(
                name,
                Arrays.stream(values())
                    .map(Architecture::label)
                    .collect(Collectors.joining(", "))));
  }

  /** Returns the name on the command line and in manifests. */
  public String label() {
    return label;
  }

  /** Returns the multiply-adds of one face. */
  public long multiplyAdds() {
    NetworkBuilder builder = NetworkBuilder.forServing();
    body.accept(builder);
    return builder.multiplyAdds();
  }

  /** Makes a network to train, with initial weights drawn from {@code seed}. */
  public TrainingNetwork newTrainingNetwork(long seed, double dropout) {
    SeededDropout seeded = new SeededDropout(dropout);
    NetworkBuilder builder = NetworkBuilder.forTraining(seed, seeded);
    body.accept(builder);
    return new TrainingNetwork(builder.build(), seeded);
  }

  /**
   * Makes a network of DL4J's own layers, which a bundle can hold.
   *
   * @param parameters flat parameters of a training network of this architecture, or null for
   *     initial ones
   */
  public ComputationGraph newServingNetwork(float @Nullable [] parameters) {
    NetworkBuilder builder = NetworkBuilder.forServing();
    body.accept(builder);
    ComputationGraph network = builder.build();
    if (parameters != null) {
      try (INDArray values = Nd4j.createFromArray(parameters)) {
        network.setParams(values.reshape(network.params().shape()));
      }
    }
    return network;
  }
}
