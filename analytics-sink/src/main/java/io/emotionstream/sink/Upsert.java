// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes rows into one table: new keys are inserted, known ones replaced, the last of equal keys
 * wins. A row that the database refuses (a violated constraint, a NUL in a text) is found by
 * halving and handed out; the others are written.
 */
final class Upsert<T> {
  private final RowTable<T> table;
  private final String sql;

  Upsert(RowTable<T> table) {
    this.table = table;
    this.sql = sql(table);
  }

  /** Writes {@code rows} in the connection's transaction. */
  void write(Connection connection, List<Row<T>> rows, Consumer<Rejection> refused)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    Savepoint before = connection.setSavepoint();
    try {
      execute(connection, rows);
      connection.releaseSavepoint(before);
    } catch (SQLException e) {
      if (!SqlErrors.isRefusedValue(e)) {
        throw e;
      }
      connection.rollback(before);
      halve(connection, rows, e, refused);
    }
  }

  private void halve(
      Connection connection, List<Row<T>> rows, SQLException cause, Consumer<Rejection> refused)
      throws SQLException {
    if (rows.size() == 1) {
      refused.accept(new Rejection(rows.get(0).source(), SqlErrors.describe(cause)));
      return;
    }
    int middle = rows.size() / 2;
    write(connection, rows.subList(0, middle), refused);
    write(connection, rows.subList(middle, rows.size()), refused);
  }

  private void execute(Connection connection, List<Row<T>> rows) throws SQLException {
    Map<Object, T> byKey = new LinkedHashMap<>(); // one statement may not touch a row twice
    rows.forEach(row -> byKey.put(table.key(row.value()), row.value()));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Parameters parameters = new Parameters(statement);
      for (T value : byKey.values()) {
        table.bind(parameters, value);
        parameters.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static String sql(RowTable<?> table) {
    List<String> columns =
        Stream.concat(table.keyColumns().stream(), table.otherColumns().stream()).toList();
    return "insert into %s (%s) values (%s) on conflict (%s) do update set %s"
        .formatted(
            table.name(),
            String.join(", ", columns),
            columns.stream().map(column -> "?").collect(Collectors.joining(", ")),
            String.join(", ", table.keyColumns()),
            table.otherColumns().stream()
                .map(column -> column + " = excluded." + column)
                .collect(Collectors.joining(", ")));
  }
}
