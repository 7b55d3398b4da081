// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where broker, database and topology keep their data: kept if named, else temporary. */
final class DataDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);

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

  /** Deletes a temporary directory; what cannot be deleted costs a warning, not the run. */
  @Override
  public void close() {
    if (!temporary) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("cannot delete the temporary folder {}: {}", path, e.getMessage());
    }
  }
}
