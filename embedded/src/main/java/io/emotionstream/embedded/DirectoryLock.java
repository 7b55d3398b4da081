// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps a directory for one user at a time; the operating system frees it when a process dies. */
final class DirectoryLock implements AutoCloseable {
  private static final String FILE = "emotion.lock";

  /**
   * The directories that this process holds. They are looked up before the file is opened: POSIX
   * drops all locks that a process has on a file when it closes any one descriptor of it.
   */
  private static final Set<Path> HELD = new HashSet<>(); // guarded by itself

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Takes {@code directory}, which is created if it is missing.
   *
   * @throws IllegalStateException if this or another process has it
   */
  static DirectoryLock take(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path real = directory.toRealPath();
    synchronized (HELD) {
      FileChannel channel = HELD.contains(real) ? null : lock(real);
      if (channel == null) {
        throw new IllegalStateException(
            "directory %s is in use by another broker or database: stop it or choose another one"
                .formatted(directory));
      }
      HELD.add(real);
      return new DirectoryLock(real, channel);
    }
  }

  /** Returns the directory without symbolic links or dots. */
  Path directory() {
    return directory;
  }

  /** Frees the directory; idempotent. */
  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      if (channel.isOpen()) {
        HELD.remove(directory);
        channel.close();
      }
    }
  }

  /** Returns the locked file, or null if another process has it. */
  private static @Nullable FileChannel lock(Path directory) throws IOException {
    FileChannel channel = FileChannel.open(directory.resolve(FILE), CREATE, WRITE);
    boolean locked = false;
    try {
      locked = tryLock(channel) != null;
      return locked ? channel : null;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) { // this program, loaded twice in one process
      return null;
    }
  }
}
