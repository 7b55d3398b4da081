// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks into the tables with a connection of its own for each look. */
record Tables(String jdbcUrl) {

  long count(String tableAndCondition) throws SQLException {
    return (Long) values("select count(*) from " + tableAndCondition).get(0);
  }

  /** Rows of {@code emotion_events} that were written more than once. */
  long rewrittenEvents() throws SQLException {
    return count("emotion_events where xmax::text <> '0'");
  }

  /** Returns the first column. */
  List<Object> values(String query) throws SQLException {
    List<Object> values = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      while (found.next()) {
        values.add(found.getObject(1));
      }
    }
    return values;
  }

  /** Returns the only row, column by column, as text. */
  List<@Nullable String> row(String query) throws SQLException {
    List<@Nullable String> row = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      found.next();
      for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
        row.add(found.getString(i));
      }
    }
    return row;
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
