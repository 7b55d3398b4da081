// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.datasets.fer2013.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitFoldersTest {
  @TempDir private Path root;

  @ParameterizedTest
  @CsvSource({
    "train/angry/1.png, TRAINING",
    "Training/angry/1.png, TRAINING",
    "angry/1.png, TRAINING",
    "validation/sad/1.png, PUBLIC_TEST",
    "PublicTest/sad/1.png, PUBLIC_TEST",
    "test/sad/1.png, PUBLIC_TEST",
    "privatetest/sad/1.png, PRIVATE_TEST",
    "test/train/sad/1.png, PUBLIC_TEST",
    "images/validation/sad/1.png, PUBLIC_TEST",
    "test.png, TRAINING"
  })
  void topmostFolderWithTheNameOfASplitCounts(Path file, Usage usage) throws IOException {
    assertThat(SplitFolders.of(root).usageOf(root.resolve(file))).isEqualTo(usage);
  }

  @Test
  void testIsAnotherSplitThanTheValidationBesideIt() throws IOException {
    Files.createDirectory(root.resolve("Validation"));

    SplitFolders folders = SplitFolders.of(root);

    assertThat(folders.usageOf(root.resolve("test/sad/1.png"))).isEqualTo(Usage.PRIVATE_TEST);
    assertThat(folders.usageOf(root.resolve("Validation/sad/1.png"))).isEqualTo(Usage.PUBLIC_TEST);
  }

  @Test
  void namesAboveTheRootDoNotCount() throws IOException {
    Path inside = Files.createDirectory(root.resolve("test"));

    assertThat(SplitFolders.of(inside).usageOf(inside.resolve("sad/1.png")))
        .isEqualTo(Usage.TRAINING);
  }
}
