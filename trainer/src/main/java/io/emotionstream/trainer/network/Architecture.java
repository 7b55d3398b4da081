// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

import io.emotionstream.model.Emotions;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** The networks that can be trained, by name. */
@SuppressWarnings("ImmutableEnumChecker") // the spec is immutable
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
              .block(128)),

  /**
   * Residual blocks with squeeze-and-excitation in three resolutions: 24, 12 and 6 pixels. Most of
   * the parameters work at 6 pixels, where they cost least.
   */
  RESNET_SE(
      "resnet-se",
      network ->
          network
              .pooledBlock(32)
              .residualBlock(32, 1)
              .residualBlock(32, 1)
              .residualBlock(64, 2)
              .residualBlock(64, 1)
              .residualBlock(176, 2)
              .residualBlock(176, 1)),

  /** Separable blocks, after A-MobileNet (Nan et al. 2022): a tenth of the cost. */
  MOBILE(
      "mobile",
      network ->
          network
              .pooledBlock(32)
              .separableBlock(64, 1)
              .separableBlock(128, 2)
              .separableBlock(128, 1)
              .separableBlock(256, 2)
              .separableBlock(256, 1)
              .separableBlock(256, 1));

  private final String label;
  private final NetworkSpec spec;

  Architecture(String label, UnaryOperator<NetworkSpec.Builder> body) {
    this.label = label;
    spec = body.apply(new NetworkSpec.Builder()).build();
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
        "no network is named \"%s\", there are: %s".formatted(name, list()));
  }

  /** Returns all networks in words, with their parameters and multiply-adds. */
  public static String list() {
    return Arrays.stream(values()).map(Architecture::describe).collect(Collectors.joining(", "));
  }

  /** Returns the network in words, with its parameters and multiply-adds. */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%s (%,d parameters, %.1f million multiply-adds a face)",
        label,
        parameterCount(),
        multiplyAdds() / 1e6);
  }

  /** Returns the name on the command line and in manifests. */
  public String label() {
    return label;
  }

  /** Returns the multiply-adds of one face. */
  public long multiplyAdds() {
    return spec.multiplyAdds();
  }

  /** Returns the number of parameters when serving, running means and variances included. */
  public int parameterCount() {
    return new ParameterLayout(spec, Emotions.COUNT).length();
  }

  /** Makes a network to train. */
  public TrainingNetwork newTrainingNetwork(TrainingForm form) {
    return new TrainingNetwork(spec, form);
  }

  /**
   * Makes a network of DL4J's own layers, which a bundle can hold.
   *
   * @param parameters flat parameters of a training network of this architecture
   * @param auxiliaryClasses those of the training network; their outputs are left out
   */
  public ComputationGraph newServingNetwork(float[] parameters, int auxiliaryClasses) {
    return ServingNetworks.create(spec, parameters, Emotions.COUNT + auxiliaryClasses);
  }

  /**
   * Returns flat parameters to go on from.
   *
   * @param network of this architecture
   * @param initial those of a training network, of which what {@code network} lacks is taken
   * @throws IllegalArgumentException if the network has another architecture
   */
  public float[] parametersOf(ComputationGraph network, float[] initial, int auxiliaryClasses) {
    return ServingNetworks.parameters(spec, network, initial, Emotions.COUNT + auxiliaryClasses);
  }
}
