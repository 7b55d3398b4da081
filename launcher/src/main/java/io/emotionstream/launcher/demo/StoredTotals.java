// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher.demo;

import io.emotionstream.launcher.demo.WindowBooks.Kind;
import io.emotionstream.launcher.demo.WindowBooks.Sums;
import io.emotionstream.model.Emotions;
import io.emotionstream.schemas.Emotion;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is in the tables.
 *
 * @param events rows of {@code emotion_events}
 * @param lateEvents rows of {@code emotion_late_events}
 * @param windows rows of {@code emotion_distributions}, their totals, and {@code
 *     emotion_missed_windows}, of each size and advance
 * @param byCamera sum of counts by camera and class over the windows of one size and advance
 */
record StoredTotals(
    long events, long lateEvents, Map<Kind, Sums> windows, Map<String, ClassCounts> byCamera) {

  /**
   * Reads the totals.
   *
   * @param counted windows whose counts by camera are wanted
   */
  static StoredTotals read(String jdbcUrl, Kind counted) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement()) {
      // One snapshot for all of it.
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      long events = number(statement, "SELECT count(*) FROM emotion_events");
      long late = number(statement, "SELECT count(*) FROM emotion_late_events");
      return new StoredTotals(events, late, windows(statement), byCamera(statement, counted));
    }
  }

  /** Returns what has come since {@code earlier}; cameras without new faces are left out. */
  StoredTotals minus(StoredTotals earlier) {
    Map<String, ClassCounts> difference = new TreeMap<>();
    byCamera.forEach(
        (camera, counts) -> {
          ClassCounts before = earlier.byCamera.get(camera);
          ClassCounts since = before == null ? counts : counts.minus(before);
          if (since.total() > 0) {
            difference.put(camera, since);
          }
        });
    Map<Kind, Sums> windowsSince = new HashMap<>();
    windows.forEach(
        (kind, sums) ->
            windowsSince.put(kind, sums.minus(earlier.windows.getOrDefault(kind, Sums.NONE))));
    return new StoredTotals(
        events - earlier.events, lateEvents - earlier.lateEvents, windowsSince, difference);
  }

  /** Returns every camera that has a row. */
  static Set<String> cameras(String jdbcUrl) throws SQLException {
    Set<String> cameras = new TreeSet<>();
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT DISTINCT camera_id FROM emotion_events")) {
      while (rows.next()) {
        cameras.add(rows.getString(1));
      }
    }
    return cameras;
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static Map<Kind, Sums> windows(Statement statement) throws SQLException {
    Map<Kind, Sums> windows = new HashMap<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT window_size_ms, window_advance_ms, count(*), sum(total), 0"
                + " FROM emotion_distributions GROUP BY 1, 2 UNION ALL"
                + " SELECT window_size_ms, window_advance_ms, 0, 0, sum(windows)"
                + " FROM emotion_missed_windows GROUP BY 1, 2")) {
      while (rows.next()) {
        windows.merge(
            new Kind(rows.getLong(1), rows.getLong(2)),
            new Sums(rows.getLong(3), rows.getLong(4), rows.getLong(5)),
            Sums::plus);
      }
    }
    return windows;
  }

  private static Map<String, ClassCounts> byCamera(Statement statement, Kind counted)
      throws SQLException {
    String sums =
        Emotions.names().stream()
            .map(name -> "sum(" + name + ") AS " + name)
            .collect(Collectors.joining(", "));
    Map<String, ClassCounts> byCamera = new TreeMap<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT camera_id, %s FROM emotion_distributions".formatted(sums)
                + " WHERE window_size_ms = %d AND window_advance_ms = %d GROUP BY camera_id"
                    .formatted(counted.sizeMs(), counted.advanceMs()))) {
      while (rows.next()) {
        ClassCounts counts = new ClassCounts();
        for (Emotion emotion : Emotions.ALL) {
          counts.add(emotion, rows.getLong(Emotions.nameOf(emotion)));
        }
        byCamera.put(rows.getString("camera_id"), counts);
      }
    }
    return byCamera;
  }
}
