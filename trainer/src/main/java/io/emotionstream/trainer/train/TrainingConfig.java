// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import io.emotionstream.trainer.augment.Augmentation;
import io.emotionstream.trainer.network.Architecture;
import io.emotionstream.trainer.network.Precision;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * One training run.
 *
 * @param data what to train on
 * @param directory where checkpoints, history and the best bundle go; created if missing
 * @param network what to train
 * @param seed draws initial weights, the validation split, the order and all augmentation
 * @param epochs most epochs to train; at least 1
 * @param budget time the training may take, over all resumptions: the learning rate then reaches
 *     zero at its end if not all epochs fit in, and the result depends on the machine's speed
 * @param batchSize faces a step; a positive multiple of {@value #SHARD}
 * @param threads Java threads that compute gradients, each one native thread wide; their number
 *     does not change the result
 * @param stopping which epoch is the best, and when to stop
 * @param resume whether to go on from the last checkpoint in {@code directory}, if there is one;
 *     without it {@code directory} must hold no run
 * @param predecessors bundles whose weights or answers it takes over
 * @param precision of the maps while training; bfloat16 gives slightly other losses
 * @param augmentation how training faces are varied
 * @param optimization how the weights are fitted
 * @param command the command line, for the bundle's provenance; no effect on the result
 */
public record TrainingConfig(
    TrainingData data,
    Path directory,
    Architecture network,
    long seed,
    int epochs,
    Optional<Duration> budget,
    int batchSize,
    int threads,
    Stopping stopping,
    boolean resume,
    Predecessors predecessors,
    Precision precision,
    Augmentation augmentation,
    Optimization optimization,
    Optional<String> command) {
  /** Faces that one thread takes at a time; batch statistics are taken over as many. */
  public static final int SHARD = 32;

  public TrainingConfig {
    require(epochs >= 1, "epochs", epochs);
    require(batchSize >= SHARD && batchSize % SHARD == 0, "batch size", batchSize);
    require(threads >= 1, "threads", threads);
    require(budget.map(b -> b.toMillis() > 0).orElse(true), "budget", budget);
  }

  /** Returns a run with default settings. */
  public static TrainingConfig standard(Path data, Path directory, int epochs, long seed) {
    return new TrainingConfig(
        TrainingData.of(data),
        directory,
        Architecture.PAPER,
        seed,
        epochs,
        Optional.empty(),
        128,
        Runtime.getRuntime().availableProcessors(),
        Stopping.STANDARD,
        false,
        Predecessors.NONE,
        Precision.FLOAT32,
        Augmentation.STANDARD,
        Optimization.STANDARD,
        Optional.empty());
  }

  /**
   * Returns what must be the same for a checkpoint to be resumed.
   *
   * @param dataFingerprint of the faces
   * @param lineage that of {@link #predecessors}, as read
   */
  String fingerprint(String dataFingerprint, String lineage) {
    return "%s seed=%d epochs=%d budget=%s batch=%d %s by=%s %s %s %s %s data=%s"
        .formatted(
            network.label(),
            seed,
            epochs,
            budget.map(Duration::toString).orElse("none"),
            batchSize,
            data.settings(),
            stopping.by().label(),
            lineage,
            precision.label(),
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
