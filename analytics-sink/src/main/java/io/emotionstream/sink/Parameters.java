// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import io.emotionstream.schemas.Emotion;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills a statement's parameters from left to right. */
final class Parameters {
  private final PreparedStatement statement;
  private int last;

  Parameters(PreparedStatement statement) {
    this.statement = statement;
  }

  Parameters text(@Nullable String value) throws SQLException {
    statement.setString(++last, value);
    return this;
  }

  Parameters emotion(@Nullable Emotion value) throws SQLException {
    return text(value == null ? null : ClassColumns.of(value));
  }

  Parameters time(@Nullable Instant value) throws SQLException {
    statement.setObject(
        ++last,
        value == null ? null : value.atOffset(ZoneOffset.UTC),
        Types.TIMESTAMP_WITH_TIMEZONE);
    return this;
  }

  Parameters integer(long value) throws SQLException {
    statement.setLong(++last, value);
    return this;
  }

  Parameters real(float value) throws SQLException {
    statement.setFloat(++last, value);
    return this;
  }

  Parameters real(double value) throws SQLException {
    statement.setDouble(++last, value);
    return this;
  }

  Parameters optionalInteger(@Nullable Long value) throws SQLException {
    statement.setObject(++last, value, Types.BIGINT);
    return this;
  }

  Parameters optionalReal(@Nullable Double value) throws SQLException {
    statement.setObject(++last, value, Types.DOUBLE);
    return this;
  }

  Parameters optionalTruth(@Nullable Boolean value) throws SQLException {
    statement.setObject(++last, value, Types.BOOLEAN);
    return this;
  }

  Parameters texts(List<String> values) throws SQLException {
    statement.setArray(++last, statement.getConnection().createArrayOf("text", values.toArray()));
    return this;
  }

  Parameters bytes(byte @Nullable [] value) throws SQLException {
    statement.setBytes(++last, value);
    return this;
  }

  Parameters object(Object value) throws SQLException {
    statement.setObject(++last, value);
    return this;
  }

  void addBatch() throws SQLException {
    statement.addBatch();
    last = 0;
  }
}
