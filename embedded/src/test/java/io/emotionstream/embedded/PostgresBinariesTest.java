// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {
  @TempDir private Path directory;
  private Path home;
  private Path data;

  @BeforeEach
  void makeHome() throws IOException {
    home = Files.createDirectory(directory.resolve("home"));
    data = directory.resolve("database").resolve("data");
  }

  @Test
  void liveInTheUsersCache() throws IOException {
    assertThat(PostgresBinaries.directory(home, data))
        .isEqualTo(home.resolve(".cache/emotion-stream/postgresql"));
    assertThat(home.resolve(".cache/emotion-stream")).isDirectory();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void nobodyElseEntersACacheThatWasThereBefore() throws IOException {
    Path cache = Files.createDirectories(home.resolve(".cache/emotion-stream"));
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxr-xr-x"));

    PostgresBinaries.directory(home, data);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
        .isEqualTo("rwx------");
  }

  @Test
  void liveBesideTheDataWhereThereIsNoHome() throws IOException {
    assertThat(PostgresBinaries.directory(directory.resolve("nowhere"), data))
        .isEqualTo(directory.resolve("database/programs/postgresql"));
    assertThat(directory.resolve("nowhere")).doesNotExist();
  }

  @Test
  void liveBesideTheDataWhereTheCacheCannotBeMade() throws IOException {
    Files.writeString(home.resolve(".cache"), "no folder"); // as root may write anywhere else

    assertThat(PostgresBinaries.directory(home, data))
        .isEqualTo(directory.resolve("database/programs/postgresql"));
    assertThat(directory.resolve("database/programs")).isDirectory();
  }
}
