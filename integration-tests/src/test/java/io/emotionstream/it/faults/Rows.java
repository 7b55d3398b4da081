// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.it.faults;

import io.emotionstream.model.Emotions;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What is in the tables of the sink; columns by name, whatever they are. */
record Rows(
    List<Map<String, @Nullable Object>> events,
    List<Map<String, @Nullable Object>> late,
    List<Map<String, @Nullable Object>> windows,
    List<Map<String, @Nullable Object>> rejected) {
  private static final List<String> EVENT = List.of("camera_id", "captured_at", "frame_id");
  private static final List<String> WINDOW = List.of("camera_id", "window_start", "window_end");

  static Rows read(String jdbcUrl) throws SQLException {
    return new Rows(
        table(jdbcUrl, "emotion_events"),
        table(jdbcUrl, "emotion_late_events"),
        table(jdbcUrl, "emotion_distributions"),
        table(jdbcUrl, "rejected_records"));
  }

  /** Returns whether the sink has stored the records at {@code offsets}. */
  static boolean reach(Map<TopicPartition, Long> offsets, String jdbcUrl) throws SQLException {
    Map<TopicPartition, Long> stored = new HashMap<>();
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select topic, partition, next_offset from sink_offsets")) {
      while (row.next()) {
        stored.put(new TopicPartition(row.getString(1), row.getInt(2)), row.getLong(3));
      }
    }
    return offsets.entrySet().stream()
        .allMatch(end -> stored.getOrDefault(end.getKey(), 0L) > end.getValue());
  }

  /** Returns one number that a query asks for. */
  static long number(String jdbcUrl, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Returns what differs from the rows of another run over the same input. */
  List<String> differencesTo(Rows expected) {
    return Stream.of(
            differences(expected.events, events, EVENT),
            differences(expected.late, late, EVENT),
            differences(expected.windows, windows, WINDOW))
        .flatMap(List::stream)
        .toList();
  }

  /** Returns what differs from the topics that the sink has read. */
  List<String> differencesTo(Outcome topics) {
    List<Map<String, @Nullable Object>> eventRows = only(events, event(topics.events()));
    List<Map<String, @Nullable Object>> windowRows = only(windows, window(topics.windows()));
    return Stream.of(
            differences(event(topics.events()), eventRows, EVENT),
            differences(window(topics.windows()), windowRows, WINDOW),
            differences(only(event(topics.late()), names(EVENT)), only(late, names(EVENT)), EVENT))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Map<String, @Nullable Object>> event(List<EmotionEvent> events) {
    return events.stream()
        .map(
            event -> {
              Map<String, @Nullable Object> row = new TreeMap<>();
              row.put("camera_id", event.getCameraId());
              row.put("captured_at", event.getCapturedAt());
              row.put("frame_id", event.getFrameId());
              // By another name than in Fields: here it tells that it is this very record.
              row.put("classified_at, same record", event.getClassifiedAt());
              row.put("model_id", event.getModelId());
              row.put("emotion", event.getEmotion().name().toLowerCase(Locale.ROOT));
              row.put("confidence", event.getConfidence());
              for (Emotion emotion : Emotions.ALL) {
                row.put(column(emotion), event.getProbabilities().get(emotion.ordinal()));
              }
              return row;
            })
        .toList();
  }

  private static List<Map<String, @Nullable Object>> window(List<EmotionDistribution> windows) {
    return windows.stream()
        .map(
            window -> {
              Map<String, @Nullable Object> row = new TreeMap<>();
              row.put("camera_id", window.getCameraId());
              row.put("window_start", window.getWindowStart());
              row.put("window_end", window.getWindowEnd());
              row.put("total", window.getTotal());
              for (Emotion emotion : Emotions.ALL) {
                row.put(column(emotion), window.getCounts().get(emotion.name()));
                row.put(
                    "mean_" + column(emotion), window.getMeanProbabilities().get(emotion.name()));
              }
              return row;
            })
        .toList();
  }

  /** Returns {@code rows} with no other columns than {@code like} has. */
  private static List<Map<String, @Nullable Object>> only(
      List<Map<String, @Nullable Object>> rows, List<Map<String, @Nullable Object>> like) {
    if (like.isEmpty()) {
      return rows;
    }
    return rows.stream()
        .map(
            row -> {
              Map<String, @Nullable Object> kept = new TreeMap<>(row);
              kept.put("classified_at, same record", row.get("classified_at"));
              kept.keySet().retainAll(like.get(0).keySet());
              return kept;
            })
        .toList();
  }

  private static List<Map<String, @Nullable Object>> names(List<String> columns) {
    Map<String, @Nullable Object> names = new TreeMap<>();
    columns.forEach(column -> names.put(column, column));
    return List.of(names);
  }

  private static List<String> differences(
      List<Map<String, @Nullable Object>> expected,
      List<Map<String, @Nullable Object>> actual,
      List<String> key) {
    return Fields.differences(
        expected,
        actual,
        row -> "row " + key.stream().map(row::get).map(String::valueOf).toList(),
        row -> {
          Fields fields = new Fields();
          row.forEach(fields::put);
          return fields;
        });
  }

  private static String column(Emotion emotion) {
    return emotion.name().toLowerCase(Locale.ROOT);
  }

  private static List<Map<String, @Nullable Object>> table(String jdbcUrl, String name)
      throws SQLException {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select * from " + name)) {
      ResultSetMetaData columns = result.getMetaData();
      while (result.next()) {
        Map<String, @Nullable Object> row = new TreeMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          row.put(columns.getColumnName(i), value(result.getObject(i)));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static @Nullable Object value(@Nullable Object column) throws SQLException {
    if (column instanceof Timestamp time) {
      return time.toInstant();
    }
    return column instanceof Array array ? Arrays.asList((Object[]) array.getArray()) : column;
  }
}
