// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.trainer.augment.Augmentation;
import io.emotionstream.trainer.network.Architecture;
import io.emotionstream.trainer.train.Optimization;
import io.emotionstream.trainer.train.Trainer;
import io.emotionstream.trainer.train.TrainingConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Trains a network and writes the bundle of its best epoch. */
@Command(
    name = "train",
    description = "Train a network on FER-2013; the best epoch by validation accuracy is kept.")
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "For checkpoints, history.csv and best.emotion.",
      required = true)
  private Path out;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "paper or vgg-small (default: ${DEFAULT-VALUE}).",
      defaultValue = "paper")
  private String network;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Default: ${DEFAULT-VALUE}.",
      defaultValue = "40")
  private int epochs;

  @Option(
      names = "--budget",
      paramLabel = "DURATION",
      description = "Finish in this time: the learning rate reaches zero at its end.")
  private @Nullable Duration budget;

  @Option(
      names = "--batch",
      paramLabel = "FACES",
      description = "Faces a step, a multiple of 16 (default: ${DEFAULT-VALUE}).",
      defaultValue = "64")
  private int batch;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description = "Peak rate after warm-up (default: ${DEFAULT-VALUE}).",
      defaultValue = "0.05")
  private double learningRate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Default: ${DEFAULT-VALUE}.",
      defaultValue = "42")
  private long seed;

  @Option(
      names = "--train-threads",
      paramLabel = "N",
      description = "Threads that compute gradients; 0 is one for each core.",
      defaultValue = "0")
  private int threads;

  @Option(
      names = "--patience",
      paramLabel = "EPOCHS",
      description = "Stop after so many epochs without a better one; 0 never stops.",
      defaultValue = "0")
  private int patience;

  @Option(names = "--resume", description = "Go on from the last checkpoint in --out.")
  private boolean resume;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  TrainCommand() {}

  @Override
  public Integer call() throws Exception {
    Optimization standard = Optimization.STANDARD;
    TrainingConfig config =
        new TrainingConfig(
            data.file(),
            out,
            Architecture.named(network),
            seed,
            epochs,
            Optional.ofNullable(budget),
            batch,
            threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
            0.1,
            patience,
            resume,
            Augmentation.STANDARD,
            standard.withPeakRate(learningRate),
            Optional.of(commandLine()));
    Path bundle = Trainer.train(config);
    System.out.println(bundle);
    return 0;
  }

  private String commandLine() {
    ParseResult parsed = spec.root().commandLine().getParseResult();
    return "./emotion " + String.join(" ", parsed.originalArgs());
  }
}
