// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * An empty PostgreSQL database that one test has for itself; {@link DatabaseExtension} gives it.
 *
 * @param jdbcUrl its address, user included; no password
 */
public record TestDatabase(String jdbcUrl) {

  /** Returns a new connection; the caller closes it. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl);
  }
}
