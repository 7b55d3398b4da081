// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.embedded;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where PostgreSQL's programs, about 40 MB, are unpacked. */
final class PostgresBinaries {
  private static final Logger log = LoggerFactory.getLogger(PostgresBinaries.class);
  private static final String FOLDER = "postgresql";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private PostgresBinaries() {}

  /** Returns the cache of this process's user, or a neighbour of {@code data}. */
  static Path directory(Path data) throws IOException {
    return directory(Path.of(System.getProperty("user.home")), data);
  }

  /**
   * Returns the cache in {@code home}, or a neighbour of {@code data} where there is none to write
   * to.
   *
   * <p>The library opens the folder to everyone, so it lies in one that only its owner can enter,
   * or is made so: nobody else can put programs there.
   */
  static Path directory(Path home, Path data) throws IOException {
    if (Files.isDirectory(home)) {
      try {
        Path folder = ownFolder(home.resolve(".cache").resolve("emotion-stream"));
        if (Files.isWritable(Files.exists(folder) ? folder : folder.getParent())) {
          return folder;
        }
      } catch (IOException e) { // a .cache of somebody else's, or no folder at all
        log.debug("no cache below {}: {}", home, e.toString());
      }
    }
    return ownFolder(data.resolveSibling("programs"));
  }

  private static Path ownFolder(Path parent) throws IOException {
    Files.createDirectories(parent.getParent());
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(parent);
    } else if (!Files.isDirectory(parent)) {
      Files.createDirectories(parent, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } else if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(parent))) {
      Files.setPosixFilePermissions(parent, OWNER_ONLY); // JavaCPP, whose cache it is, too, made it
    }
    return parent.resolve(FOLDER);
  }
}
