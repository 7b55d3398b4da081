// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.datasets.fer2013.Usage;
import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.model.ModelBundle;
import io.emotionstream.trainer.data.FaceSet;
import io.emotionstream.trainer.evaluate.EvaluationReport;
import io.emotionstream.trainer.evaluate.Evaluator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures a model bundle on labelled faces. */
@Command(
    name = "evaluate",
    description = "Measure a model: accuracy, precision, recall, F1, confusion matrix.")
final class EvaluateCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();
  @Mixin private ModelOption model = new ModelOption();

  @Option(
      names = "--usage",
      paramLabel = "SPLIT",
      description = "Training, PublicTest or PrivateTest (default: ${DEFAULT-VALUE}).",
      defaultValue = "PublicTest")
  private String usage;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write metrics.json and report.txt here.")
  private @Nullable Path out;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  EvaluateCommand() {}

  @Override
  public Integer call() throws Exception {
    Usage split = Usage.named(usage);
    ModelBundle bundle = model.load();
    FaceSet faces = data.read(split);
    EvaluationReport report;
    try (EmotionClassifier classifier = bundle.newClassifier()) {
      report =
          new EvaluationReport(
              split.label(), bundle.modelId(), Evaluator.evaluate(classifier, faces));
    }
    System.out.print(report.toText());
    if (out != null) {
      Files.createDirectories(out);
      Files.writeString(out.resolve("metrics.json"), report.toJson() + "\n");
      Files.writeString(out.resolve("report.txt"), report.toText());
    }
    return 0;
  }
}
