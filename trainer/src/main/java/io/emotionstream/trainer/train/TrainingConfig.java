// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import io.emotionstream.trainer.augment.Augmentation;
import io.emotionstream.trainer.network.Architecture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * One training run.
 *
 * @param data FER-2013 as CSV, plain or gzipped
 * @param directory where checkpoints, history and the best bundle go; created if missing
 * @param network what to train
 * @param seed draws initial weights, the validation split, the order and all augmentation
 * @param epochs most epochs to train; at least 1
 * @param budget time the training may take, over all resumptions: the learning rate then reaches
 *     zero at its end if not all epochs fit in, and the result depends on the machine's speed
 * @param batchSize faces a step; a positive multiple of {@value #SHARD}
 * @param threads Java threads that compute gradients, each one native thread wide; their number
 *     does not change the result
 * @param validationShare share of the training rows held out to choose the best epoch, in (0, 1)
 * @param patience epochs without a better validation accuracy after which to stop; 0 never stops
 * @param resume whether to go on from the last checkpoint in {@code directory}, if there is one;
 *     without it {@code directory} must hold no run
 * @param command the command line, for the bundle's provenance; no effect on the result
 */
public record TrainingConfig(
    Path data,
    Path directory,
    Architecture network,
    long seed,
    int epochs,
    Optional<Duration> budget,
    int batchSize,
    int threads,
    double validationShare,
    int patience,
    boolean resume,
    Augmentation augmentation,
    Optimization optimization,
    Optional<String> command) {
  /** Faces that one thread takes at a time; batch statistics are taken over as many. */
  public static final int SHARD = 16;

  public TrainingConfig {
    require(epochs >= 1, "epochs", epochs);
    require(batchSize >= SHARD && batchSize % SHARD == 0, "batch size", batchSize);
    require(threads >= 1, "threads", threads);
    require(validationShare > 0 && validationShare < 1, "validation share", validationShare);
    require(patience >= 0, "patience", patience);
    require(budget.map(b -> b.toMillis() > 0).orElse(true), "budget", budget);
  }

  /** A run without a command line. */
  public TrainingConfig(
      Path data,
      Path directory,
      Architecture network,
      long seed,
      int epochs,
      Optional<Duration> budget,
      int batchSize,
      int threads,
      double validationShare,
      int patience,
      boolean resume,
      Augmentation augmentation,
      Optimization optimization) {
    this(
        data,
        directory,
        network,
        seed,
        epochs,
        budget,
        batchSize,
        threads,
        validationShare,
        patience,
        resume,
        augmentation,
        optimization,
        Optional.empty());
  }

  /** Returns a run with default settings. */
  public static TrainingConfig standard(Path data, Path directory, int epochs, long seed) {
    return new TrainingConfig(
        data,
        directory,
        Architecture.PAPER,
        seed,
        epochs,
        Optional.empty(),
        64,
        Runtime.getRuntime().availableProcessors(),
        0.1,
        0,
        false,
        Augmentation.STANDARD,
        Optimization.STANDARD);
  }

  /** Returns what must be the same for a checkpoint to be resumed. */
  String fingerprint(String dataFingerprint) {
    return "%s seed=%d epochs=%d budget=%s batch=%d validation=%s %s %s data=%s"
        .formatted(
            network.label(),
            seed,
            epochs,
            budget.map(Duration::toString).orElse("none"),
            batchSize,
            validationShare,
            augmentation,
            optimization,
            dataFingerprint);
  }

  private static void require(boolean holds, String name, Object value) {
    if (!holds) {
      throw new IllegalArgumentException("training: " + name + " is out of range: " + value);
    }
  }
}
