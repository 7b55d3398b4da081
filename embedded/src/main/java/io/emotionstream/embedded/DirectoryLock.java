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
import org.jspecify.annotations.Nullable;

/** Keeps a directory for one user at a time; the operating system frees it when a process dies. */
final class DirectoryLock implements AutoCloseable {
  private static final String FILE = "emotion.lock";

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes {@code directory}, which is created if it is missing.
   *
   * @throws IllegalStateException if this or another process has it
   */
  static DirectoryLock take(Path directory) throws IOException {
    Files.createDirectories(directory);
    FileChannel channel = FileChannel.open(directory.resolve(FILE), CREATE, WRITE);
    try {
      if (tryLock(channel) == null) {
        throw new IllegalStateException(
            "directory %s is in use by another broker or database: stop it or choose another one"
                .formatted(directory));
      }
      return new DirectoryLock(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) { // held in this process
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
