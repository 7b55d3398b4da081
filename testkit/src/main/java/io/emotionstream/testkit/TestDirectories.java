// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders under {@code target/testkit} of the module whose tests run. */
final class TestDirectories {
  private static final Path ROOT = Path.of("target", "testkit").toAbsolutePath();

  private TestDirectories() {}

  /** Returns a folder that is the same in every run. */
  static Path lasting(String name) throws IOException {
    return Files.createDirectories(ROOT.resolve(name));
  }

  /** Makes a folder that nobody else has. */
  static Path fresh(String prefix) throws IOException {
    return Files.createTempDirectory(Files.createDirectories(ROOT), prefix);
  }

  static void delete(Path directory) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> paths = Files.walk(directory)) {
      deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
