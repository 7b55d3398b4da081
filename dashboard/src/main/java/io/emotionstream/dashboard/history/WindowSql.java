// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.history;

import io.emotionstream.dashboard.window.EmotionWindow;
import io.emotionstream.dashboard.window.EmotionWindow.Corrected;
import io.emotionstream.dashboard.window.WindowKind;
import io.emotionstream.schemas.Emotion;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of {@code emotion_distributions} as windows. */
final class WindowSql {
  /** The classes' columns of counts in label order. */
  static final List<String> CLASSES =
      Stream.of(Emotion.values()).map(emotion -> emotion.name().toLowerCase(Locale.ROOT)).toList();

  private static final int FETCH = 1_000;

  private static final String SELECT =
      "select camera_id, window_size_ms, window_advance_ms, window_start, closed_by, "
          + String.join(", ", CLASSES)
          + ", total, uncertain_faces, tracks, missed_faces, model_ids, "
          + CLASSES.stream()
              .map(
                  name -> "corrected_%1$s, corrected_%1$s_low, corrected_%1$s_high".formatted(name))
              .collect(Collectors.joining(", "))
          + " from emotion_distributions"
          + " where window_size_ms = ? and window_start >= ? and window_start < ?";

  private static final String OF_CAMERAS = " and camera_id = any (?)";
  private static final String AFTER =
      " and (window_start, camera_id, window_advance_ms) < (?, ?, ?)";
  private static final String ORDER =
      " order by window_start desc, camera_id desc, window_advance_ms desc limit ?";

  /** Takes windows one by one. */
  interface Taker {
    void take(EmotionWindow window) throws Exception;
  }

  private WindowSql() {}

  /** Hands over the windows of {@code query}, which names a size, as they come. */
  static void read(Connection connection, WindowQuery query, Taker taker) throws Exception {
    String sql =
        SELECT
            + (query.cameras().isEmpty() ? "" : OF_CAMERAS)
            + (query.after().isPresent() ? AFTER : "")
            + ORDER;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, query);
      statement.setFetchSize(FETCH); // a cursor: rows are not gathered in memory
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          taker.take(window(rows));
        }
      }
    }
  }

  static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  static Array text(Connection connection, List<String> values) throws SQLException {
    return connection.createArrayOf("text", values.toArray());
  }

  static @Nullable Long nullable(ResultSet rows, String column) throws SQLException {
    long value = rows.getLong(column);
    return rows.wasNull() ? null : value;
  }

  static List<Long> counts(ResultSet rows) throws SQLException {
    List<Long> counts = new ArrayList<>(CLASSES.size());
    for (String name : CLASSES) {
      counts.add(rows.getLong(name));
    }
    return counts;
  }

  private static void bind(PreparedStatement statement, WindowQuery query) throws SQLException {
    int i = 1;
    statement.setLong(i++, query.sizeMillis().orElseThrow());
    statement.setObject(i++, utc(query.from()));
    statement.setObject(i++, utc(query.to()));
    if (!query.cameras().isEmpty()) {
      statement.setArray(i++, text(statement.getConnection(), query.cameras()));
    }
    Optional<Cursor> after = query.after();
    if (after.isPresent()) {
      statement.setObject(i++, utc(after.get().start()));
      statement.setString(i++, after.get().camera());
      statement.setLong(i++, after.get().advanceMillis());
    }
    statement.setInt(i, query.limit());
  }

  private static EmotionWindow window(ResultSet rows) throws SQLException {
    Array models = rows.getArray("model_ids");
    return new EmotionWindow(
        rows.getString("camera_id"),
        new WindowKind(rows.getLong("window_size_ms"), rows.getLong("window_advance_ms")),
        rows.getObject("window_start", OffsetDateTime.class).toInstant(),
        rows.getString("closed_by"),
        counts(rows),
        rows.getLong("total"),
        nullable(rows, "uncertain_faces"),
        nullable(rows, "tracks"),
        corrected(rows),
        rows.getLong("missed_faces"),
        EmotionWindow.joined(List.of((String[]) models.getArray())));
  }

  private static @Nullable Corrected corrected(ResultSet rows) throws SQLException {
    List<Double> shares = decimals(rows, "");
    return shares.isEmpty()
        ? null
        : new Corrected(shares, decimals(rows, "_low"), decimals(rows, "_high"));
  }

  /** Returns the figures of all classes; none if one is missing. */
  private static List<Double> decimals(ResultSet rows, String suffix) throws SQLException {
    List<Double> values = new ArrayList<>(CLASSES.size());
    for (String name : CLASSES) {
      double value = rows.getDouble("corrected_" + name + suffix);
      if (rows.wasNull()) {
        return List.of();
      }
      values.add(value);
    }
    return values;
  }
}
