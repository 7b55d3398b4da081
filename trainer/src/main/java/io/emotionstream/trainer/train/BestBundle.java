// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import io.emotionstream.model.BundleManifest;
import io.emotionstream.model.ModelBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** The file {@code best.emotion}: the best epoch's network, with how it came to be. */
final class BestBundle {
  private final TrainingConfig config;
  private final Faces faces;
  private final String settings;
  private final Lineage lineage;
  private final int auxiliaryClasses;

  BestBundle(
      TrainingConfig config, Faces faces, String settings, Lineage lineage, int auxiliaryClasses) {
    this.config = config;
    this.faces = faces;
    this.settings = settings;
    this.lineage = lineage;
    this.auxiliaryClasses = auxiliaryClasses;
  }

  /** Returns where the bundle of a run in {@code directory} is. */
  static Path file(Path directory) {
    return directory.resolve("best" + ModelBundle.EXTENSION);
  }

  Path file() {
    return file(config.directory());
  }

  void write(EpochResult result, float[] parameters) throws IOException {
    BundleManifest manifest =
        BundleManifest.of(
            config.network().label(),
            config.network().parameterCount(),
            config.network().multiplyAdds(),
            provenance(result),
            Map.of(
                "validationAccuracy", result.validationAccuracy(),
                "validationMacroF1", result.validationMacroF1(),
                "validationLoss", result.validationLoss()));
    ComputationGraph network = config.network().newServingNetwork(parameters, auxiliaryClasses);
    try {
      ModelBundle.write(file(), manifest, network);
    } finally {
      network.close();
    }
  }

  private Map<String, String> provenance(EpochResult result) {
    TrainingData data = config.data();
    Map<String, String> provenance = new TreeMap<>();
    config.command().ifPresent(command -> provenance.put("command", command));
    provenance.put("settings", settings);
    provenance.put("codeVersion", System.getProperty("emotion.version", "unknown"));
    provenance.put("dataFingerprint", faces.fingerprint());
    lineage.describe(provenance, data.votes().isPresent() ? "FER+ votes" : "none");
    provenance.put("seed", Long.toString(config.seed()));
    provenance.put("epoch", Integer.toString(result.epoch()));
    provenance.put("epochs", Integer.toString(config.epochs()));
    provenance.put("trainingTime", result.elapsed().toString());
    provenance.put("trainingFaces", Integer.toString(faces.training().size()));
    provenance.put("validationFaces", Integer.toString(faces.validation().size()));
    if (data.validationUsage().isPresent()) {
      provenance.put("validationUsage", data.validationUsage().get().label());
    } else {
      provenance.put("validationShare", Double.toString(data.validationShare()));
    }
    provenance.put("precision", config.precision().label());
    provenance.put("java", Runtime.version().toString());
    provenance.put(
        "machine",
        "%s %s, %d processors"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors()));
    return provenance;
  }
}
