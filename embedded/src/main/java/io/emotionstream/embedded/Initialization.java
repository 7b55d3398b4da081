// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.DSYNC;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the first start on a directory one that happens wholly or not at all: what a process that
 * was killed in its midst has left of PostgreSQL's data directory is removed by the next start.
 *
 * <p>Only what this class has seen to be empty before, what was never done, and what holds nothing
 * but PostgreSQL's own files is removed. To be used only by the one who holds the {@link
 * DirectoryLock}.
 */
final class Initialization {
  private static final Logger log = LoggerFactory.getLogger(Initialization.class);
  private static final String FILE = "emotion.initialization";
  private static final String BEGUN = "begun";
  private static final String DONE = "done";

  /** What initdb, the server and the library that starts them put into the data directory. */
  private static final Pattern POSTGRES_FILE =
      Pattern.compile(
          "PG_VERSION|base|global|pg_[a-z_]+(\\.conf)?|postgresql(\\.auto)?\\.conf(\\.tmp)?"
              + "|postmaster\\.(pid|opts)|current_logfiles|epg-lock");

  private final Path state;
  private final Path data;

  Initialization(Path directory, Path data) {
    this.state = directory.resolve(FILE);
    this.data = data;
  }

  /**
   * Removes a data directory that is half made, and notes if a new one is about to be made. No
   * program may run on it: {@link OrphanedServer#stop} comes first.
   */
  void begin() throws IOException {
    if (isBegun() && isPostgresOnly()) {
      log.warn("{} was not made to its end, as its process was killed: starting over", data);
      empty(data);
    }
    if (entries().isEmpty()) {
      write(BEGUN);
    }
  }

  /** Notes that the data directory is complete; it is never removed again. */
  void done() throws IOException {
    if (isBegun()) {
      write(DONE);
    }
  }

  private boolean isBegun() throws IOException {
    return Files.exists(state) && Files.readString(state).equals(BEGUN);
  }

  // On disk when it returns: rows may be committed right after, and have to stay.
  private void write(String text) throws IOException {
    Files.writeString(state, text, CREATE, TRUNCATE_EXISTING, WRITE, DSYNC);
  }

  private boolean isPostgresOnly() throws IOException {
    List<String> entries = entries();
    return !entries.isEmpty()
        && entries.stream().allMatch(name -> POSTGRES_FILE.matcher(name).matches());
  }

  private List<String> entries() throws IOException {
    if (!Files.isDirectory(data)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(data)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  private static void empty(Path directory) throws IOException {
    Path real = directory.toRealPath();
    Files.walkFileTree(
        real,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            if (!visited.equals(real)) {
              Files.delete(visited);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
