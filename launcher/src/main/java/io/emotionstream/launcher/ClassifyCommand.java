// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.classifier.ClassifierStream;
import io.emotionstream.operations.Operations;
import io.emotionstream.operations.OperationsServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the topology until it is stopped. */
@Command(name = "classify", description = "Classify face frames and count emotions in windows.")
final class ClassifyCommand implements Callable<Integer> {
  @Mixin private KafkaOptions kafka = new KafkaOptions();
  @Mixin private ClassifierOptions classifier = new ClassifierOptions();
  @Mixin private ModelOption model = new ModelOption();
  @Mixin private MetricsOptions metrics = new MetricsOptions();

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description =
          "Where windows are kept on this machine; one for each process (default: Kafka's).")
  private @Nullable Path stateDirectory;

  @Override
  public Integer call() throws Exception {
    Map<String, Object> settings = kafka.settings();
    if (stateDirectory != null) {
      settings.put("state.dir", stateDirectory.toString());
    }
    StopSignal stop = StopSignal.install();
    try (Operations operations = new Operations("classify", EmotionCommand.version());
        ClassifierStream stream =
            new ClassifierStream(classifier.toConfig(), kafka.topics(), model.load(), settings);
        OperationsServer server = metrics.show(operations)) {
      stream.addTo(operations);
      stream.start();
      Service.await(stop, stream::failure, () -> false);
    }
    return 0;
  }
}
