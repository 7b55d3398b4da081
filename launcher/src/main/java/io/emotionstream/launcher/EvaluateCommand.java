// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.datasets.fer2013.Usage;
import io.emotionstream.model.ModelBundle;
import io.emotionstream.trainer.baseline.Baseline;
import io.emotionstream.trainer.data.Fer2013;
import io.emotionstream.trainer.data.StratifiedSplit;
import io.emotionstream.trainer.evaluate.Comparison;
import io.emotionstream.trainer.evaluate.EvaluationReport;
import io.emotionstream.trainer.evaluate.EvaluationRun;
import io.emotionstream.trainer.evaluate.QualityFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures a model bundle on labelled faces, or two, or a baseline. */
@Command(
    name = "evaluate",
    description =
        "Measure a model: accuracy, precision, recall, F1, confusion matrix, calibration, with"
            + " intervals.")
final class EvaluateCommand implements Callable<Integer> {
  /** As the networks'. */
  private static final double VALIDATION_SHARE = 0.1;

  @Spec private CommandSpec spec;
  @Mixin private DataOption data = new DataOption();
  @Mixin private ModelOption model = new ModelOption();

  @Option(
      names = "--usage",
      paramLabel = "SPLIT",
      description =
          "Training, PublicTest, PrivateTest, or validation: what the model was chosen by"
              + " (default: ${DEFAULT-VALUE}).",
      defaultValue = "PublicTest")
  private String usage;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write metrics.json, report.txt and the figures here.")
  private @Nullable Path out;

  @Option(
      names = "--calibrate",
      description =
          "First fit temperature and threshold of uncertainty to the validation faces, and write"
              + " them into --model, whose id changes.")
  private boolean calibrate;

  @Option(
      names = "--compare",
      arity = "2",
      paramLabel = "FILE",
      description = "Compare two bundles on the same faces instead.")
  private List<Path> compared = List.of();

  @Option(
      names = "--baseline",
      paramLabel = "NAME",
      description =
          "Fit and evaluate knn-pca or svm-hog instead of a network; its settings are chosen on"
              + " validation faces.")
  private @Nullable String baseline;

  @Option(
      names = "--baseline-seed",
      paramLabel = "N",
      description = "Draws the validation faces of --baseline (default: ${DEFAULT-VALUE}).",
      defaultValue = "42")
  private long baselineSeed;

  @Option(
      names = "--quality",
      paramLabel = "FILE",
      description =
          "CSV, plain or .gz, with columns index and copy_in_training: check the copies of training"
              + " faces against it.")
  private @Nullable Path quality;

  @Option(
      names = "--no-flip",
      description = "Leave out the figures of averaging with mirror images: half the time.")
  private boolean noFlip;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  EvaluateCommand() {}

  @Override
  public Integer call() throws Exception {
    if (calibrate && model.file() == null) {
      throw wrongUsage("--calibrate writes into a bundle: name it with --model");
    }
    if (calibrate || model.file() != null) {
      if (!compared.isEmpty()) {
        throw wrongUsage("--compare goes with neither --model nor --calibrate");
      }
      if (baseline != null) {
        throw wrongUsage("--baseline goes with neither --model nor --calibrate");
      }
    }
    if (baseline != null && !compared.isEmpty()) {
      throw wrongUsage("--baseline does not go with --compare");
    }
    Baseline.Kind kind = baseline == null ? null : Baseline.Kind.named(baseline);
    Optional<Set<Integer>> copies =
        quality == null ? Optional.empty() : Optional.of(QualityFile.copiesInTraining(quality));
    Fer2013 faces = data.readAll();
    EvaluationRun run = new EvaluationRun(faces, usage, !noFlip, copies);
    if (kind != null) {
      write(evaluate(kind, faces, run));
    } else if (!compared.isEmpty()) {
      write(run.compare(ModelBundle.load(compared.get(0)), ModelBundle.load(compared.get(1))));
    } else {
      write(run.of(bundle(faces)));
    }
    return 0;
  }

  private EvaluationReport evaluate(Baseline.Kind kind, Fer2013 faces, EvaluationRun run)
      throws IOException {
    StratifiedSplit split =
        StratifiedSplit.of(faces.split(Usage.TRAINING), VALIDATION_SHARE, baselineSeed);
    Baseline fitted = Baseline.fit(kind, split);
    return run.of(fitted.subject(), fitted.classifier(), fitted.calibration(), split);
  }

  private ModelBundle bundle(Fer2013 faces) throws IOException {
    ModelBundle bundle = model.load();
    Path file = model.file();
    if (!calibrate || file == null) {
      return bundle;
    }
    bundle.rewrite(file, bundle.manifest().withCalibration(EvaluationRun.calibrate(bundle, faces)));
    return ModelBundle.load(file);
  }

  private void write(EvaluationReport report) throws IOException {
    System.out.print(report.toText());
    if (out != null) {
      report.write(out);
    }
  }

  private void write(Comparison comparison) throws IOException {
    System.out.print(comparison.toText());
    if (out != null) {
      comparison.write(out);
    }
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
