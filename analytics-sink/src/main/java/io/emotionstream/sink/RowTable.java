// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import java.sql.SQLException;
import java.util.List;

/** How records of one type become rows of one table. */
interface RowTable<T> {
  String name();

  List<String> keyColumns();

  /** The columns besides the key, in the order of {@link #bind}. */
  List<String> otherColumns();

  /** Returns the row's key; two values with equal keys are the same row. */
  Object key(T value);

  /**
   * Refuses what the record's contract forbids but its schema cannot.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  void check(T value);

  /** Binds key columns, then the others. */
  void bind(Parameters parameters, T value) throws SQLException;
}
