// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointDirectoryTest {
  @TempDir private Path directory;

  @Test
  void readsBackWhatItWrote() throws IOException {
    CheckpointDirectory checkpoints = new CheckpointDirectory(directory);
    checkpoints.write(checkpoint(1));

    Checkpoint read = checkpoints.latest("settings").orElseThrow();

    assertThat(read).usingRecursiveComparison().isEqualTo(checkpoint(1));
  }

  @Test
  void isEmptyAtFirst() throws IOException {
    assertThat(new CheckpointDirectory(directory).latest("settings")).isEmpty();
  }

  @Test
  void keepsTheLastTwo() throws IOException {
    CheckpointDirectory checkpoints = new CheckpointDirectory(directory);
    for (int epoch = 1; epoch <= 4; epoch++) {
      checkpoints.write(checkpoint(epoch));
    }

    assertThat(files()).containsExactly("checkpoint-00003.bin", "checkpoint-00004.bin");
    assertThat(checkpoints.latest("settings").orElseThrow().epoch()).isEqualTo(4);
  }

  @Test
  void fallsBackBehindADamagedOne() throws IOException {
    CheckpointDirectory checkpoints = new CheckpointDirectory(directory);
    checkpoints.write(checkpoint(1));
    checkpoints.write(checkpoint(2));
    Path newest = directory.resolve("checkpoint-00002.bin");
    byte[] bytes = Files.readAllBytes(newest);

    byte[] flipped = bytes.clone();
    flipped[bytes.length / 2] ^= 1;
    for (byte[] damaged :
        List.of(flipped, Arrays.copyOf(bytes, bytes.length / 2), new byte[0], new byte[100])) {
      Files.write(newest, damaged);
      assertThat(checkpoints.latest("settings").orElseThrow().epoch()).isEqualTo(1);
    }
  }

  @Test
  void refusesToBeginAnewWhereAllAreDamaged() throws IOException {
    CheckpointDirectory checkpoints = new CheckpointDirectory(directory);
    Files.write(directory.resolve("checkpoint-00007.bin"), new byte[100]);

    assertThatThrownBy(() -> checkpoints.latest("settings"))
        .isInstanceOf(IOException.class)
        .hasMessage("all checkpoints in %s are damaged: begin anew with another --out", directory);
  }

  @Test
  void refusesOtherSettings() throws IOException {
    CheckpointDirectory checkpoints = new CheckpointDirectory(directory);
    checkpoints.write(checkpoint(1));

    assertThatThrownBy(() -> checkpoints.latest("others"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it has settings")
        .hasMessageContaining("this run has others");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Checkpoint checkpoint(int epoch) {
    return new Checkpoint(
        "settings",
        epoch,
        Duration.ofMillis(1234),
        new BestEpoch(1, 0.5),
        new Optimizer.State(
            new float[] {1, 2, 3},
            new float[] {4, 5, 6},
            new float[] {9, 10, 11},
            new float[] {7, 8, -0.5f},
            77));
  }
}
