// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.fer2013;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one column of a comma-separated file holds, whatever its name.
 *
 * @param name as in the header, without quotes
 * @param type the narrowest that fits every cell which is not empty
 * @param cells number of rows that have this column
 * @param missing number of these whose cell is empty
 */
public record ColumnProfile(String name, Type type, long cells, long missing) {

  /** Types of cells, from narrow to wide: what fits one fits those after it. */
  public enum Type {
    /** No cell holds anything. */
    EMPTY,
    /** Whole numbers. */
    INTEGER,
    /** Whole numbers separated by spaces, as pixels are. */
    INTEGERS,
    /** Anything else. */
    TEXT
  }

  /**
   * Reads the whole of {@code file}, plain or gzipped; blank lines are passed over.
   *
   * @return its columns in the order of the header; none if it is empty
   */
  public static List<ColumnProfile> allOf(Path file) throws IOException {
    try (BufferedReader text = TextFile.open(file)) {
      String header = text.readLine();
      if (header == null) {
        return List.of();
      }
      String[] names = Fer2013Columns.cells(header);
      Type[] types = new Type[names.length];
      Arrays.fill(types, Type.EMPTY);
      long[] cells = new long[names.length];
      long[] missing = new long[names.length];
      for (String row = text.readLine(); row != null; row = text.readLine()) {
        if (row.isBlank()) {
          continue;
        }
        String[] values = Fer2013Columns.cells(row);
        for (int i = 0; i < Math.min(names.length, values.length); i++) {
          cells[i]++;
          missing[i] += values[i].isEmpty() ? 1 : 0;
          types[i] = wider(types[i], typeOf(values[i]));
        }
      }
      List<ColumnProfile> columns = new ArrayList<>();
      for (int i = 0; i < names.length; i++) {
        columns.add(new ColumnProfile(names[i], types[i], cells[i], missing[i]));
      }
      return columns;
    }
  }

  private static Type wider(Type one, Type other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static Type typeOf(String cell) {
    if (cell.isEmpty()) {
      return Type.EMPTY;
    }
    Type type = Type.INTEGER;
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      boolean sign = c == '-' && (i == 0 || cell.charAt(i - 1) == ' ');
      if (c == ' ') {
        type = Type.INTEGERS;
      } else if (!(c >= '0' && c <= '9') && !sign) {
        return Type.TEXT;
      }
    }
    return type;
  }
}
