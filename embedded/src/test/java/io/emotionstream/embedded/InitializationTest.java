// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitializationTest {
  @TempDir private Path directory;
  private Path data;

  @BeforeEach
  void nameData() {
    data = directory.resolve("data");
  }

  @Test
  void removesWhatWasBegunAndNotDone() throws IOException {
    initialization().begin();
    makeDataDirectory();

    initialization().begin();

    assertThat(data).isEmptyDirectory();
  }

  @Test
  void removesItEachTimeUntilItIsDone() throws IOException {
    initialization().begin();
    makeDataDirectory();
    initialization().begin();
    makeDataDirectory();

    initialization().begin();

    assertThat(data).isEmptyDirectory();
  }

  @Test
  void removesNothingThatIsDone() throws IOException {
    initialization().begin();
    makeDataDirectory();
    initialization().done();

    initialization().begin();

    assertThat(data).isNotEmptyDirectory();
  }

  @Test
  void removesNothingThatItDidNotBegin() throws IOException {
    makeDataDirectory();

    initialization().begin();
    initialization().done();
    initialization().begin();

    assertThat(data).isNotEmptyDirectory();
  }

  @Test
  void removesNothingWhereSomebodyElseHasPutAFile() throws IOException {
    initialization().begin();
    makeDataDirectory();
    Files.writeString(data.resolve("stranger.txt"), "not PostgreSQL's");

    initialization().begin();

    assertThat(data.resolve("stranger.txt")).exists();
    assertThat(data.resolve("PG_VERSION")).exists();
  }

  private Initialization initialization() {
    return new Initialization(directory, data);
  }

  private void makeDataDirectory() throws IOException {
    Files.createDirectories(data.resolve("base").resolve("1"));
    Files.createDirectories(data.resolve("pg_wal"));
    Files.writeString(data.resolve("base").resolve("1").resolve("1247"), "rows");
    Files.writeString(data.resolve("PG_VERSION"), "18\n");
  }
}
