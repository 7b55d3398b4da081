// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** {@code sink_offsets}: how far the tables go in each partition. */
final class OffsetTable {
  private OffsetTable() {}

  /** Returns the stored offsets of {@code partitions}; those without one are left out. */
  static Map<PartitionKey, Long> read(Connection connection, Collection<PartitionKey> partitions)
      throws SQLException {
    Map<PartitionKey, Long> offsets = new HashMap<>();
    String sql = "select next_offset from sink_offsets where topic_id = ? and partition = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (PartitionKey partition : partitions) {
        select.setObject(1, partition.topicId());
        select.setInt(2, partition.partition());
        try (ResultSet found = select.executeQuery()) {
          if (found.next()) {
            offsets.put(partition, found.getLong(1));
          }
        }
      }
    }
    return offsets;
  }

  /**
   * Moves the offsets and holds their row locks until the transaction ends, so that of two sinks
   * with the same batch one waits for the other and then finds itself stale.
   *
   * @throws StaleOffsetException if a stored offset is not the expected one
   */
  static void advance(Connection connection, List<Advance> advances) throws SQLException {
    for (Advance advance : advances) {
      OptionalLong expected = advance.expected();
      int moved =
          expected.isPresent()
              ? move(connection, advance, expected.getAsLong())
              : start(connection, advance);
      if (moved != 1) {
        throw new StaleOffsetException(advance);
      }
    }
  }

  private static int move(Connection connection, Advance advance, long expected)
      throws SQLException {
    String sql =
        "update sink_offsets set next_offset = ?, updated_at = now()"
            + " where topic_id = ? and partition = ? and next_offset = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, advance.next());
      update.setObject(2, advance.partition().topicId());
      update.setInt(3, advance.partition().partition());
      update.setLong(4, expected);
      return update.executeUpdate();
    }
  }

  private static int start(Connection connection, Advance advance) throws SQLException {
    String sql =
        "insert into sink_offsets (topic_id, partition, topic, next_offset) values (?, ?, ?, ?)"
            + " on conflict do nothing";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setObject(1, advance.partition().topicId());
      insert.setInt(2, advance.partition().partition());
      insert.setString(3, advance.partition().topic());
      insert.setLong(4, advance.next());
      return insert.executeUpdate();
    }
  }
}
