// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;

/** The way into the database: connections, and tables that are up to date. */
final class Database {
  private static final int OLDEST_VERSION = 14;
  private static final Duration SILENCE = Duration.ofMinutes(1);
  private static final String HISTORY_TABLE = "emotion_sink_schema_history";

  private final SinkConfig config;
  private final PGSimpleDataSource source;

  Database(SinkConfig config) {
    this.config = config;
    this.source = source(config);
  }

  /** Opens a connection that commits only when told to. */
  Connection connect() throws SQLException {
    Connection connection = source.getConnection();
    try {
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Brings the tables up to date; other tables in the schema are left alone.
   *
   * @throws SQLException if the database cannot be reached or refuses
   * @throws SinkException if it is too old, or its tables come from a newer release
   */
  void migrate() throws SQLException {
    migrateTo("latest");
  }

  /** Brings the tables to a version of theirs, as {@link #migrate} does to the last one. */
  void migrateTo(String version) throws SQLException {
    requireVersion();
    try {
      Flyway flyway =
          Flyway.configure(Database.class.getClassLoader())
              .dataSource(source)
              .locations("classpath:db/migration")
              .table(HISTORY_TABLE)
              .baselineOnMigrate(true) // the schema may hold other people's tables
              .baselineVersion("0")
              .target(version)
              .load();
      if (flyway.info().pending().length == 0) {
        flyway.validate(); // needs no right to change anything
      } else {
        flyway.migrate();
      }
    } catch (FlywayException e) {
      throw SqlErrors.findIn(e).orElseThrow(() -> unusable(e));
    }
  }

  private SinkException unusable(FlywayException e) {
    return new SinkException(
        "cannot migrate %s: %s; use the release that made the tables, or a newer one"
            .formatted(
                config.login().maskedUrl(),
                String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ")),
        e);
  }

  private void requireVersion() throws SQLException {
    try (Connection connection = connect()) {
      int version = connection.getMetaData().getDatabaseMajorVersion();
      if (version < OLDEST_VERSION) {
        throw new SinkException(
            "cannot use %s: PostgreSQL %d is too old; use %d or newer"
                .formatted(config.login().maskedUrl(), version, OLDEST_VERSION));
      }
    }
  }

  private static PGSimpleDataSource source(SinkConfig config) {
    PGSimpleDataSource source = config.login().newDataSource("emotion-sink", SILENCE);
    source.setReWriteBatchedInserts(true);
    return source;
  }
}
