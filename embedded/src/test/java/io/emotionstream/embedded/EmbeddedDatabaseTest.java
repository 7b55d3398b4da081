// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

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
  void namesTheDirectoryThatItCannotUse(@TempDir Path directory) throws IOException {
    Path data = Files.createDirectories(directory.resolve("data"));
    Files.writeString(data.resolve("stranger.txt"), "not PostgreSQL's");

    assertThatIOException()
        .isThrownBy(() -> EmbeddedDatabase.start(directory))
        .withMessageContaining(data.toString());
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
