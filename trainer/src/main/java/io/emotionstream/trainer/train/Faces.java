// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import io.emotionstream.datasets.fer2013.Usage;
import io.emotionstream.datasets.ferplus.FerPlus;
import io.emotionstream.trainer.data.FaceSet;
import io.emotionstream.trainer.data.Fer2013;
import io.emotionstream.trainer.data.StratifiedSplit;
import io.emotionstream.trainer.data.VoteTargets;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The faces of a run.
 *
 * @param training to train on
 * @param validation to choose the best epoch by
 * @param votes on the faces, or null without any
 * @param fingerprint of the data
 */
record Faces(
    FaceSet training, FaceSet validation, @Nullable VoteTargets votes, String fingerprint) {
  private static final Logger LOG = LoggerFactory.getLogger(Faces.class);
  private static final int REJECTED_SHOWN = 10;

  /**
   * Reads and parts the faces of {@code config}.
   *
   * @throws IOException if they cannot be read or are too few
   */
  static Faces read(TrainingConfig config) throws IOException {
    TrainingData data = config.data();
    Fer2013 all = Fer2013.read(data.file());
    if (!all.rejected().isEmpty()) {
      LOG.warn("{} malformed rows of {} are left out", all.rejected().size(), data.file());
      all.rejected().stream().limit(REJECTED_SHOWN).forEach(row -> LOG.warn("{}", row));
    }
    StratifiedSplit split = split(config, all);
    if (split.training().size() < config.batchSize()) {
      throw new IOException(
          "%s has %d training rows without those for validation, fewer than one batch of %d"
              .formatted(data.file(), split.training().size(), config.batchSize()));
    }
    return new Faces(split.training(), split.validation(), votes(data), all.fingerprint());
  }

  private static StratifiedSplit split(TrainingConfig config, Fer2013 all) throws IOException {
    TrainingData data = config.data();
    FaceSet training = all.split(Usage.TRAINING);
    StratifiedSplit split =
        data.validationUsage().isPresent()
            ? new StratifiedSplit(training, all.split(data.validationUsage().get()))
            : StratifiedSplit.of(training, data.validationShare(), config.seed());
    if (split.validation().size() == 0) {
      throw new IOException(
          data.validationUsage().isPresent()
              ? "%s has no row of %s to choose the best epoch by"
                  .formatted(data.file(), data.validationUsage().get().label())
              : "%s has %d training rows: a share of %s for validation holds out none of them"
                  .formatted(data.file(), training.size(), data.validationShare()));
    }
    return split;
  }

  private static @Nullable VoteTargets votes(TrainingData data) throws IOException {
    if (data.votes().isEmpty()) {
      return null;
    }
    return new VoteTargets(FerPlus.read(List.of(data.votes().get())));
  }
}
