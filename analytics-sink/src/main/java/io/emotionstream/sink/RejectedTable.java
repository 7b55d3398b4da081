// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** {@code rejected_records}: what could not become a row, and why. */
final class RejectedTable {
  private static final String SQL =
      "insert into rejected_records"
          + " (topic_id, partition, record_offset, topic, error, record_key, record_value)"
          + " values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing";

  private RejectedTable() {}

  static void insert(Connection connection, List<Rejection> rejections) throws SQLException {
    if (rejections.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = connection.prepareStatement(SQL)) {
      Parameters parameters = new Parameters(insert);
      for (Rejection rejection : rejections) {
        Source source = rejection.source();
        parameters
            .object(source.partition().topicId())
            .integer(source.partition().partition())
            .integer(source.offset())
            .text(source.partition().topic())
            .text(rejection.error())
            .bytes(source.key())
            .bytes(source.value())
            .addBatch();
      }
      insert.executeBatch();
    }
  }
}
