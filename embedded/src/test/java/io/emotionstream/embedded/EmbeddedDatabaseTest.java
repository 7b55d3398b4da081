// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

  @Test
  void keepsItsRowsOverARestartOnTheSamePort(@TempDir Path directory) throws Exception {
    int port;
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      execute(database.jdbcUrl(), "CREATE TABLE greeting AS SELECT 'hello' AS text");
      port = database.port();
    }

    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, port)) {
      assertThat(database.port()).isEqualTo(port);
      assertThat(query(database.jdbcUrl(), "SELECT text FROM greeting")).isEqualTo("hello");
    }
  }

  @Test
  void replacesTheServerThatAKilledProcessLeftBehind(@TempDir Path directory) throws Exception {
    try (OtherProcess other = OtherProcess.withDatabase(directory)) {
      execute(other.address(), "CREATE TABLE greeting AS SELECT 'hello' AS text");
      other.kill();
      assertThat(query(other.address(), "SELECT 'still there'")).isEqualTo("still there");
    }

    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      assertThat(query(database.jdbcUrl(), "SELECT text FROM greeting")).isEqualTo("hello");
    }
  }

  @Test
  void replacesTheServerLeftBehindOnADirectoryThatIsNamedInAnotherWay(@TempDir Path directory)
      throws Exception {
    Path dotted = directory.resolve(".");
    ProcessHandle orphan;
    try (OtherProcess other = OtherProcess.withDatabase(dotted)) {
      orphan = serverOn(directory);
      other.kill();
    }

    try (EmbeddedDatabase database = EmbeddedDatabase.start(dotted)) {
      assertThat(query(database.jdbcUrl(), "SELECT 1")).isEqualTo("1");
      assertThat(orphan.isAlive()).isFalse();
    }
  }

  @Test
  void neitherStopsNorForgetsAServerThatSeemsToRunElsewhere(
      @TempDir Path directory, @TempDir Path otherDirectory) throws Exception {
    EmbeddedDatabase.start(directory).close();
    Path pidFile = directory.resolve("data").resolve("postmaster.pid");
    try (EmbeddedDatabase other = EmbeddedDatabase.start(otherDirectory)) {
      Files.writeString(pidFile, serverOn(otherDirectory).pid() + "\n" + directory + "\n");

      assertThatIOException()
          .isThrownBy(() -> EmbeddedDatabase.start(directory))
          .withMessageContaining(pidFile.toString())
          .withMessageContaining("remove the file");

      assertThat(pidFile).exists();
      assertThat(query(other.jdbcUrl(), "SELECT 1")).isEqualTo("1");
    }
    EmbeddedDatabase.start(directory).close(); // stale now
  }

  @Test
  void startsOverWhatAProcessThatWasKilledHasHalfMade(@TempDir Path directory) throws Exception {
    Path version = directory.resolve("data").resolve("PG_VERSION");
    try (OtherProcess other = OtherProcess.beginningADatabase(directory)) {
      await().pollInterval(Duration.ofMillis(5)).until(() -> Files.exists(version));
      other.kill();
    }

    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      execute(database.jdbcUrl(), "CREATE TABLE greeting AS SELECT 'hello' AS text");
    }
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      assertThat(query(database.jdbcUrl(), "SELECT text FROM greeting")).isEqualTo("hello");
    }
  }

  @Test
  void startsInSpiteOfAPidFileThatNamesAnotherProgram(@TempDir Path directory) throws Exception {
    EmbeddedDatabase.start(directory).close();
    Path pidFile = directory.resolve("data").resolve("postmaster.pid");
    Files.writeString(pidFile, ProcessHandle.current().pid() + "\n" + directory + "\n");

    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      assertThat(query(database.jdbcUrl(), "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void refusesADirectoryThatIsInUseAndAPortThatIsTaken(
      @TempDir Path directory, @TempDir Path otherDirectory) throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> EmbeddedDatabase.start(directory))
          .withMessageContaining(directory.toString())
          .withMessageContaining("in use");
      assertThatIOException()
          .isThrownBy(() -> EmbeddedDatabase.start(otherDirectory, database.port()))
          .withMessageContaining("port " + database.port() + " is taken");
      assertThat(query(database.jdbcUrl(), "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void putsCommitsOnDisk(@TempDir Path directory) throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      assertThat(query(database.jdbcUrl(), "SHOW fsync")).isEqualTo("on");
      assertThat(query(database.jdbcUrl(), "SHOW synchronous_commit")).isEqualTo("on");
    }
  }

  @Test
  void closeEndsOpenConnectionsAndFreesPortAndDirectory(@TempDir Path directory) throws Exception {
    EmbeddedDatabase database = EmbeddedDatabase.start(directory);
    try (Connection open = DriverManager.getConnection(database.jdbcUrl())) {
      database.close();
      database.close();

      assertThat(open.isValid(1)).isFalse();
    }
    new ServerSocket(database.port(), 1, InetAddress.getLoopbackAddress()).close();
    DirectoryLock.take(directory).close();
  }

  @Test
  void closedAgainItLeavesALaterDatabaseOnItsDirectoryAlone(@TempDir Path directory)
      throws Exception {
    EmbeddedDatabase first = EmbeddedDatabase.start(directory);
    first.close();

    try (EmbeddedDatabase second = EmbeddedDatabase.start(directory)) {
      first.close();

      assertThat(query(second.jdbcUrl(), "SELECT 1")).isEqualTo("1");
      assertThatIllegalStateException().isThrownBy(() -> DirectoryLock.take(directory));
    }
  }

  @Test
  void namesTheDirectoryThatItCannotUse(@TempDir Path directory) throws IOException {
    Path data = Files.createDirectories(directory.resolve("data"));
    Files.writeString(data.resolve("stranger.txt"), "not PostgreSQL's");

    assertThatIOException()
        .isThrownBy(() -> EmbeddedDatabase.start(directory))
        .withMessageContaining(data.toString());
  }

  private static ProcessHandle serverOn(Path directory) throws IOException {
    Path pidFile = directory.resolve("data").resolve("postmaster.pid");
    return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).get(0))).orElseThrow();
  }

  private static void execute(String jdbcUrl, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(String jdbcUrl, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
