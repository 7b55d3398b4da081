// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.datasets.fer2013.Usage;
import io.emotionstream.trainer.augment.Augmentation;
import io.emotionstream.trainer.network.Architecture;
import io.emotionstream.trainer.network.Precision;
import io.emotionstream.trainer.train.Imbalance;
import io.emotionstream.trainer.train.Optimization;
import io.emotionstream.trainer.train.Predecessors;
import io.emotionstream.trainer.train.Stopping;
import io.emotionstream.trainer.train.Trainer;
import io.emotionstream.trainer.train.TrainingConfig;
import io.emotionstream.trainer.train.TrainingData;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
  private static final double ADAM_RATE = 1e-3;
  private static final double ADAM_DECAY = 0.01;

  @Spec private CommandSpec spec;
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "For checkpoints, history.csv, curves and best.emotion.",
      required = true)
  private Path out;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "paper, vgg-small, resnet-se or mobile (default: ${DEFAULT-VALUE}).",
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
      description = "Faces a step, a multiple of 32 (default: ${DEFAULT-VALUE}).",
      defaultValue = "128")
  private int batch;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "nesterov or adam (default: ${DEFAULT-VALUE}).",
      defaultValue = "nesterov")
  private Optimization.Algorithm optimizer;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description = "Peak rate after warm-up (default: 0.1; 0.001 with adam).")
  private @Nullable Double learningRate;

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description = "How the rate falls: cosine or step (default: ${DEFAULT-VALUE}).",
      defaultValue = "cosine")
  private Optimization.Schedule schedule;

  @Option(
      names = "--find-learning-rate",
      description =
          "Do not train: try rising rates and print the one at which the loss falls most.")
  private boolean findLearningRate;

  @Option(
      names = "--warm-up",
      paramLabel = "SHARE",
      description = "Share of the training in which the rate rises (default: ${DEFAULT-VALUE}).",
      defaultValue = "0.06")
  private double warmUp;

  @Option(
      names = "--weight-decay",
      paramLabel = "FACTOR",
      description = "Penalty on weights (default: 5e-4; 0.01 with adam).")
  private @Nullable Double weightDecay;

  @Option(
      names = "--label-smoothing",
      paramLabel = "SHARE",
      description = "Target probability spread over all classes (default: ${DEFAULT-VALUE}).",
      defaultValue = "0.1")
  private double labelSmoothing;

  @Option(
      names = "--dropout",
      paramLabel = "CHANCE",
      description = "Of a feature before the output layer (default: ${DEFAULT-VALUE}).",
      defaultValue = "0.2")
  private double dropout;

  @Option(
      names = "--average",
      paramLabel = "DECAY",
      description =
          "Of the moving average of the weights that is kept; 0 for none (default: ${DEFAULT-VALUE}).",
      defaultValue = "0.998")
  private double average;

  @Option(
      names = "--mixup",
      paramLabel = "ALPHA",
      description = "Mix pairs of faces; 0 mixes none (default: ${DEFAULT-VALUE}).",
      defaultValue = "0")
  private double mixup;

  @Option(
      names = "--augmentation",
      paramLabel = "NAME",
      description = "standard, strong or none (default: ${DEFAULT-VALUE}).",
      defaultValue = "standard")
  private String augmentation;

  @Option(
      names = "--imbalance",
      paramLabel = "NAME",
      description = "For rare classes: none, weights or sampling (default: ${DEFAULT-VALUE}).",
      defaultValue = "none")
  private Imbalance imbalance;

  @Option(
      names = "--votes",
      paramLabel = "FILE",
      description = "FER+ votes on the rows of --data: learn to foretell them as well.")
  private @Nullable Path votes;

  @Option(
      names = "--vote-weight",
      paramLabel = "WEIGHT",
      description = "Weight of the votes beside the labels (default: ${DEFAULT-VALUE}).",
      defaultValue = "0.5")
  private double voteWeight;

  @Option(
      names = "--validation-share",
      paramLabel = "SHARE",
      description = "Share of the Training rows held out (default: ${DEFAULT-VALUE}).",
      defaultValue = "0.1")
  private double validationShare;

  @Option(
      names = "--validation-usage",
      paramLabel = "NAME",
      description = "Choose the best epoch by this split instead: PublicTest or PrivateTest.")
  private @Nullable String validationUsage;

  @Option(
      names = "--select",
      paramLabel = "NAME",
      description = "What makes an epoch the best: accuracy or loss (default: ${DEFAULT-VALUE}).",
      defaultValue = "accuracy")
  private Stopping.Measure select;

  @Option(
      names = "--patience",
      paramLabel = "EPOCHS",
      description = "Stop after so many epochs without a better one; 0 never stops.",
      defaultValue = "0")
  private int patience;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Default: ${DEFAULT-VALUE}.",
      defaultValue = "42")
  private long seed;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      description = "float32, bfloat16, or auto: the faster here (default: ${DEFAULT-VALUE}).",
      defaultValue = "auto")
  private String precision;

  @Option(
      names = "--train-threads",
      paramLabel = "N",
      description = "Threads that compute gradients; 0 is one for each core.",
      defaultValue = "0")
  private int threads;

  @Option(
      names = "--start-from",
      paramLabel = "BUNDLE",
      description = "Begin with the weights of this bundle, in a new learning-rate cycle.")
  private @Nullable Path start;

  @Option(
      names = "--teacher",
      paramLabel = "BUNDLE",
      description =
          "Learn what this bundle answers beside the labels; several are averaged, each with its"
              + " mirror image.")
  private List<Path> teachers = List.of();

  @Option(
      names = "--teacher-weight",
      paramLabel = "SHARE",
      description = "Share of the teachers in the target (default: ${DEFAULT-VALUE}).",
      defaultValue = "" + Predecessors.TEACHER_WEIGHT)
  private double teacherWeight;

  @Option(names = "--resume", description = "Go on from the last checkpoint in --out.")
  private boolean resume;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  TrainCommand() {}

  @Override
  public Integer call() throws Exception {
    TrainingConfig config = config();
    if (findLearningRate) {
      System.out.printf(Locale.ROOT, "%.3g%n", Trainer.findLearningRate(config));
      return 0;
    }
    System.out.println(Trainer.train(config));
    return 0;
  }

  private TrainingConfig config() {
    TrainingData faces =
        new TrainingData(
            data.file(),
            Optional.ofNullable(votes),
            validationShare,
            Optional.ofNullable(validationUsage).map(Usage::named),
            imbalance);
    return new TrainingConfig(
        faces,
        out,
        Architecture.named(network),
        seed,
        epochs,
        Optional.ofNullable(budget),
        batch,
        threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
        new Stopping(select, patience),
        resume,
        new Predecessors(Optional.ofNullable(start), teachers, teacherWeight),
        precision(),
        augmentation().withMixup(mixup),
        optimization(),
        Optional.of(commandLine()));
  }

  private Optimization optimization() {
    boolean adam = optimizer == Optimization.Algorithm.ADAM;
    return new Optimization(
        optimizer,
        schedule,
        learningRate != null ? learningRate : adam ? ADAM_RATE : Optimization.STANDARD.peakRate(),
        Optimization.STANDARD.momentum(),
        warmUp,
        weightDecay != null ? weightDecay : adam ? ADAM_DECAY : Optimization.STANDARD.weightDecay(),
        labelSmoothing,
        dropout,
        average,
        voteWeight);
  }

  private Precision precision() {
    if (precision.equals("auto")) {
      return Precision.fastest();
    }
    return Arrays.stream(Precision.values())
        .filter(known -> known.label().equals(precision))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--precision must be float32, bfloat16 or auto, was " + precision));
  }

  private Augmentation augmentation() {
    return switch (augmentation) {
      case "standard" -> Augmentation.STANDARD;
      case "strong" -> Augmentation.STRONG;
      case "none" -> Augmentation.NONE;
      default ->
          throw new IllegalArgumentException(
              "--augmentation must be standard, strong or none, was " + augmentation);
    };
  }

  private String commandLine() {
    ParseResult parsed = spec.root().commandLine().getParseResult();
    return "./emotion " + String.join(" ", parsed.originalArgs());
  }
}
