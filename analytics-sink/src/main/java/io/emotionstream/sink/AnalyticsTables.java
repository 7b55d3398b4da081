// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Makes the sink's tables and shares them out, so that the sink itself needs no right to change
 * them. Where the sink connects as their owner it makes them itself, and none of this is needed.
 */
public final class AnalyticsTables {
  private static final String ROLES =
      "select count(*) = 3 from pg_roles"
          + " where rolname in ('emotion_sink', 'emotion_dashboard', 'emotion_grafana')";

  private AnalyticsTables() {}

  /**
   * Brings the tables up to date and, where the roles of {@link #rolesScript} are there, grants
   * them what they need.
   *
   * @param config where, and as whom: the owner of the tables
   * @return whether it granted
   * @throws SinkException if the database cannot be reached or refuses
   */
  public static boolean migrate(SinkConfig config) {
    Database database = new Database(config);
    try {
      database.migrate();
      try (Connection connection = database.connect();
          Statement statement = connection.createStatement()) {
        boolean roles = hasRoles(statement);
        if (roles) {
          statement.execute(script("grants.sql"));
          connection.commit();
        }
        return roles;
      }
    } catch (SQLException e) {
      throw SinkException.of(config, e);
    }
  }

  /** Returns the script that a superuser runs once in the database to make the roles. */
  public static String rolesScript() {
    return script("roles.sql");
  }

  /**
   * Returns the script that moves what a sink made as its owner, in the schema {@code public}, to
   * the owner and schema of {@link #rolesScript}; {@link #migrate} follows.
   */
  public static String moveScript() {
    return script("move.sql");
  }

  private static boolean hasRoles(Statement statement) throws SQLException {
    try (ResultSet found = statement.executeQuery(ROLES)) {
      return found.next() && found.getBoolean(1);
    }
  }

  private static String script(String name) {
    try (InputStream in = AnalyticsTables.class.getResourceAsStream("/db/" + name)) {
      return new String(requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
