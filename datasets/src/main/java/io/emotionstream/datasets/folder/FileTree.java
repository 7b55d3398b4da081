// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files under a directory, one at a time, in the same order on every machine: each directory by
 * file name.
 *
 * <p>Hidden names (a leading dot) are left out. Links are followed, a directory is entered once.
 * What is no directory is returned, pipes, devices and broken links too: check before opening.
 * Holds the names of one directory for each level, not of the whole tree. Used by one thread.
 */
public final class FileTree {
  private static final Comparator<Path> BY_NAME = Comparator.comparing(FileTree::name);

  private final Deque<Path> pending = new ArrayDeque<>();
  private final Set<Path> entered = new HashSet<>();

  public FileTree(Path root) {
    pending.push(root);
  }

  /**
   * Returns the next file, or nothing after the last.
   *
   * @throws IOException if a directory cannot be listed
   */
  public Optional<Path> next() throws IOException {
    while (!pending.isEmpty()) {
      Path path = pending.pop();
      if (!Files.isDirectory(path)) {
        return Optional.of(path);
      }
      if (entered.add(path.toRealPath())) {
        children(path).forEach(pending::push);
      }
    }
    return Optional.empty();
  }

  /** Returns the visible children, last name first. */
  private static List<Path> children(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children
          .filter(child -> !name(child).startsWith("."))
          .sorted(BY_NAME.reversed())
          .toList();
    } catch (UncheckedIOException e) { // what the stream makes of one
      throw e.getCause();
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
