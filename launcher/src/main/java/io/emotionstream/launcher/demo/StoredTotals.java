// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher.demo;

import io.emotionstream.model.Emotions;
import io.emotionstream.schemas.Emotion;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
 * @param windows rows of {@code emotion_distributions}
 * @param windowedFaces sum of their totals
 * @param byCamera sum of their counts by camera and class
 */
record StoredTotals(
    long events,
    long lateEvents,
    long windows,
    long windowedFaces,
    Map<String, ClassCounts> byCamera) {

  static StoredTotals read(String jdbcUrl) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement()) {
      // One snapshot for all of it.
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      long events = number(statement, "SELECT count(*) FROM emotion_events");
      long late = number(statement, "SELECT count(*) FROM emotion_late_events");
      long windows = number(statement, "SELECT count(*) FROM emotion_distributions");
      long faces = number(statement, "SELECT coalesce(sum(total), 0) FROM emotion_distributions");
      return new StoredTotals(events, late, windows, faces, byCamera(statement));
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
    return new StoredTotals(
        events - earlier.events,
        lateEvents - earlier.lateEvents,
        windows - earlier.windows,
        windowedFaces - earlier.windowedFaces,
        difference);
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

  private static Map<String, ClassCounts> byCamera(Statement statement) throws SQLException {
    String sums =
        Emotions.names().stream()
            .map(name -> "sum(" + name + ") AS " + name)
            .collect(Collectors.joining(", "));
    Map<String, ClassCounts> byCamera = new TreeMap<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT camera_id, " + sums + " FROM emotion_distributions GROUP BY camera_id")) {
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
