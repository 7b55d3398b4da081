// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
  @TempDir private Path directory;

  @Test
  void orderIsThatOfTheNames() throws IOException {
    create("b/2.png", "b/10.png", "a.png", "c/d/1.png", "c.png");

    assertThat(files()).containsExactly("a.png", "b/10.png", "b/2.png", "c/d/1.png", "c.png");
  }

  @Test
  void hiddenNamesAreLeftOut() throws IOException {
    create(".hidden.png", ".cache/1.png", "1.png");

    assertThat(files()).containsExactly("1.png");
  }

  @Test
  void linkToAFolderAboveDoesNotLoop() throws IOException {
    create("a/1.png");
    Files.createSymbolicLink(directory.resolve("a/up"), directory);

    assertThat(files()).containsExactly("a/1.png");
  }

  private void create(String... names) throws IOException {
    for (String name : names) {
      Path file = directory.resolve(name);
      Files.createDirectories(file.resolveSibling("."));
      Files.createFile(file);
    }
  }

  private List<String> files() throws IOException {
    FileTree tree = new FileTree(directory);
    List<String> files = new ArrayList<>();
    for (Optional<Path> next = tree.next(); next.isPresent(); next = tree.next()) {
      files.add(directory.relativize(next.get()).toString().replace('\\', '/'));
    }
    return files;
  }
}
