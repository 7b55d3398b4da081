// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The cameras that {@code emotion_distributions} knows. */
final class CameraSql {
  /** Walks the key from camera to camera instead of reading all rows. */
  private static final String NAMES =
      """
      with recursive cameras (id) as (
        select min(camera_id) from emotion_distributions
        union all
        select (select min(camera_id) from emotion_distributions where camera_id > id)
        from cameras where id is not null
      )
      select id from cameras
      where id is not null and position(lower(?) in lower(id)) > 0
      order by id limit ?
      """;

  private CameraSql() {}

  /** Returns names in order, those that hold {@code part} whatever its case. */
  static List<String> names(Connection connection, String part, int limit) throws SQLException {
    List<String> names = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(NAMES)) {
      statement.setString(1, part);
      statement.setInt(2, limit);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          names.add(rows.getString("id"));
        }
      }
    }
    return names;
  }
}
