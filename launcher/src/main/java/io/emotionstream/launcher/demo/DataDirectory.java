// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Where broker, database and topology keep their data: kept if named, else temporary. */
final class DataDirectory implements AutoCloseable {
  private final Path path;
  private final boolean temporary;

  private DataDirectory(Path path, boolean temporary) {
    this.path = path;
    this.temporary = temporary;
  }

  static DataDirectory open(Optional<Path> named) throws IOException {
    if (named.isEmpty()) {
      return new DataDirectory(Files.createTempDirectory("emotion-demo-"), true);
    }
    return new DataDirectory(Files.createDirectories(named.get().toAbsolutePath()), false);
  }

  Path path() {
    return path;
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  /** Deletes a temporary directory. */
  @Override
  public void close() throws IOException {
    if (!temporary) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.deleteIfExists(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
