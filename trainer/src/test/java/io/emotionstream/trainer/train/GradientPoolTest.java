// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.model.NativeKernels;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.trainer.augment.Seeds;
import io.emotionstream.trainer.data.FaceSet;
import io.emotionstream.trainer.data.LabeledFace;
import io.emotionstream.trainer.network.TrainingNetwork;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GradientPoolTest {
  private static final long SEED = 42;
  private static final int EPOCH = 3;

  @Test
  void dropoutAndAugmentationDrawIndependently() {
    List<Long> rows =
        LongStream.range(0, 200).mapToObj(row -> Seeds.derive(SEED, EPOCH, row)).toList();

    List<Long> shards =
        IntStream.range(0, 200)
            .mapToObj(start -> GradientPool.dropoutSeed(SEED, EPOCH, start))
            .toList();

    assertThat(shards).doesNotHaveDuplicates().doesNotContainAnyElementsOf(rows);
  }

  @Test
  void closeWaitsForWhatTheNetworksCompute() throws Exception {
    NativeKernels.enable();
    GradientPool pool =
        new GradientPool(
            TrainingConfig.standard(Path.of("-"), Path.of("-"), 1, 1),
            null,
            new float[7],
            List.of());
    float[] parameters = pool.initialParameters();
    Thread caller = new Thread(() -> classify(pool, parameters));
    caller.start();
    while (!aNetworkComputes()) {
      Thread.onSpinWait();
    }

    caller.interrupt(); // the way a training ends early: its threads are still at work
    caller.join();
    pool.close();

    assertThat(aNetworkComputes()).isFalse();
  }

  private static void classify(GradientPool pool, float[] parameters) {
    LabeledFace face = new LabeledFace(0, Emotion.SAD, new byte[FaceNormalizer.PIXELS]);
    try {
      pool.classify(parameters, FaceSet.of(Collections.nCopies(2000, face)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean aNetworkComputes() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .anyMatch(frame -> frame.getClassName().equals(TrainingNetwork.class.getName()));
  }
}
