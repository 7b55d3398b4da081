// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import io.emotionstream.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The one PostgreSQL server of a test JVM.
 *
 * <p>Its folder is the same in every run, which is faster than a new one, and lets the next run
 * stop the server if this JVM is killed. What earlier runs left in it is dropped at the start.
 */
final class SharedDatabase implements AutoCloseable {
  private static final String PREFIX = "test_";
  private static final int MAX_JVMS = 8;

  private final EmbeddedDatabase server;

  private SharedDatabase(EmbeddedDatabase server) {
    this.server = server;
  }

  static SharedDatabase start() throws IOException, SQLException {
    SharedDatabase database = new SharedDatabase(startServer(1));
    database.dropLeftovers();
    return database;
  }

  /** Makes an empty database and returns its JDBC address. */
  String createDatabase() throws SQLException {
    String name = PREFIX + UUID.randomUUID().toString().replace("-", "");
    try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return server.jdbcUrl(name);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  /** Starts in folder {@code number}, or in the next one if another test JVM runs in it. */
  private static EmbeddedDatabase startServer(int number) throws IOException {
    try {
      return EmbeddedDatabase.start(TestDirectories.lasting("database-" + number));
    } catch (IllegalStateException e) {
      if (number == MAX_JVMS) {
        throw e;
      }
      return startServer(number + 1);
    }
  }

  private void dropLeftovers() throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
        Statement statement = connection.createStatement()) {
      List<String> leftovers = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT datname FROM pg_database WHERE starts_with(datname, '" + PREFIX + "')")) {
        while (rows.next()) {
          leftovers.add(rows.getString(1));
        }
      }
      for (String leftover : leftovers) {
        statement.execute("DROP DATABASE " + leftover);
      }
    }
  }
}
