// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.classifier.ClassifierStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the topology until it is stopped. */
@Command(name = "classify", description = "Classify face frames and count emotions in windows.")
final class ClassifyCommand implements Callable<Integer> {
  @Mixin private KafkaOptions kafka = new KafkaOptions();
  @Mixin private ClassifierOptions classifier = new ClassifierOptions();
  @Mixin private ModelOption model = new ModelOption();

  @Override
  public Integer call() throws Exception {
    try (ClassifierStream stream =
        new ClassifierStream(
            classifier.toConfig(), kafka.topics(), model.load(), kafka.settings())) {
      stream.start();
      Service.await(stream::failure, () -> false);
    }
    return 0;
  }
}
