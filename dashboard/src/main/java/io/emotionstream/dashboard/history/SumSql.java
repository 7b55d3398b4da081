// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.history;

import io.emotionstream.dashboard.history.Sums.Bucket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Adds up {@code emotion_distributions} in the database.
 *
 * <p>A sum is over tumbling windows of one size, so that a face counts once. Of the sizes that are
 * stored it is the largest that divides the resolution and covers what the others cover: fewer
 * rows, the same faces.
 */
final class SumSql {
  /** Walks an index from size to size instead of reading all rows. */
  private static final String SIZES =
      """
      with recursive sizes (size) as (
        select min(window_size_ms) from emotion_distributions
        union all
        select (select min(window_size_ms) from emotion_distributions where window_size_ms > size)
        from sizes where size is not null
      )
      select size from sizes where size is not null limit 100
      """;

  private static final String SELECTED =
      " from emotion_distributions where window_size_ms = ? and window_advance_ms = ?"
          + " and window_start >= ? and window_start < ?";
  private static final String OF_CAMERAS = " and camera_id = any (?)";

  private SumSql() {}

  /** Returns the sizes of the windows that are stored, in milliseconds, ascending. */
  static List<Long> sizes(Connection connection) throws SQLException {
    List<Long> sizes = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SIZES)) {
      while (rows.next()) {
        sizes.add(rows.getLong("size"));
      }
    }
    return sizes;
  }

  /**
   * Adds up.
   *
   * @throws RefusedException if no windows are stored that fit the resolution
   */
  static Sums read(Connection connection, SumQuery query) throws SQLException, RefusedException {
    List<Cover> covers = new ArrayList<>();
    for (long size : sizes(connection)) {
      cover(connection, query, size).ifPresent(covers::add);
    }
    Optional<Long> finest = covers.stream().map(Cover::size).findFirst();
    Resolution resolution =
        query.resolution().orElseGet(() -> Resolution.fitting(query.from(), query.to(), finest));
    if (covers.isEmpty()) {
      return new Sums(resolution, null, List.of());
    }
    long size = best(covers, resolution);
    return new Sums(resolution, size, buckets(connection, query, size, resolution));
  }

  private static long best(List<Cover> covers, Resolution resolution) throws RefusedException {
    long width = resolution.width().toMillis();
    Instant first = covers.stream().map(Cover::first).min(Comparator.naturalOrder()).orElseThrow();
    Instant last = covers.stream().map(Cover::last).max(Comparator.naturalOrder()).orElseThrow();
    List<Cover> fitting = covers.stream().filter(cover -> width % cover.size() == 0).toList();
    if (fitting.isEmpty()) {
      throw new RefusedException(
          "resolution",
          resolution.text(),
          "no windows are stored whose size divides it; their sizes in ms are "
              + covers.stream()
                  .map(cover -> Long.toString(cover.size()))
                  .collect(Collectors.joining(", ")));
    }
    return fitting.stream()
        .filter(cover -> !cover.first().isAfter(first.plusMillis(width)))
        .filter(cover -> !cover.last().isBefore(last.minusMillis(width)))
        .reduce((smaller, larger) -> larger)
        .orElse(fitting.get(0))
        .size();
  }

  private static Optional<Cover> cover(Connection connection, SumQuery query, long size)
      throws SQLException {
    String sql = "select min(window_start) as first, max(window_start) as last" + where(query);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, 1, query, size);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        OffsetDateTime first = rows.getObject("first", OffsetDateTime.class);
        return first == null
            ? Optional.empty()
            : Optional.of(
                new Cover(
                    size,
                    first.toInstant(),
                    rows.getObject("last", OffsetDateTime.class).toInstant()));
      }
    }
  }

  private static List<Bucket> buckets(
      Connection connection, SumQuery query, long size, Resolution resolution) throws SQLException {
    String sums =
        WindowSql.CLASSES.stream()
            .map(name -> "sum(%1$s)::bigint as %1$s".formatted(name))
            .collect(Collectors.joining(", "));
    String sql =
        "select date_bin(? * interval '1 millisecond', window_start, timestamptz 'epoch') as bucket, "
            + sums
            + ", sum(total)::bigint as total, sum(uncertain_faces)::bigint as uncertain"
            + where(query)
            + " group by bucket order by bucket";
    List<Bucket> buckets = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, resolution.width().toMillis());
      bind(statement, 2, query, size);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          buckets.add(
              new Bucket(
                  rows.getObject("bucket", OffsetDateTime.class).toInstant(),
                  WindowSql.counts(rows),
                  rows.getLong("total"),
                  WindowSql.nullable(rows, "uncertain")));
        }
      }
    }
    return buckets;
  }

  private static String where(SumQuery query) {
    return SELECTED + (query.cameras().isEmpty() ? "" : OF_CAMERAS);
  }

  private static void bind(PreparedStatement statement, int first, SumQuery query, long size)
      throws SQLException {
    statement.setLong(first, size);
    statement.setLong(first + 1, size); // the advance of tumbling windows
    statement.setObject(first + 2, WindowSql.utc(query.from()));
    statement.setObject(first + 3, WindowSql.utc(query.to()));
    if (!query.cameras().isEmpty()) {
      statement.setArray(first + 4, WindowSql.text(statement.getConnection(), query.cameras()));
    }
  }

  /** Which part of the range the tumbling windows of a size cover. */
  private record Cover(long size, Instant first, Instant last) {}
}
