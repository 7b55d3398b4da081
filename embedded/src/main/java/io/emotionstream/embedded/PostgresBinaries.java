// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.embedded;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Where PostgreSQL's programs, about 40 MB, are unpacked. */
final class PostgresBinaries {
  private PostgresBinaries() {}

  /**
   * Returns the user's cache, or a neighbour of {@code data} where there is no home to write to.
   *
   * <p>The library opens the folder to everyone, so it lies in one that only its owner can enter:
   * nobody else can put programs there.
   */
  static Path directory(Path data) throws IOException {
    Path home = Path.of(System.getProperty("user.home"));
    Path parent =
        Files.isDirectory(home) && Files.isWritable(home)
            ? home.resolve(".cache").resolve("emotion-stream")
            : data.resolveSibling("programs");
    Files.createDirectories(parent.getParent());
    if (!Files.isDirectory(parent)) {
      Files.createDirectories(parent, ownerOnly());
    }
    return parent.resolve("postgresql");
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }
}
