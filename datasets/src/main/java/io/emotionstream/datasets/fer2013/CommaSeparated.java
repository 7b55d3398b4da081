// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.fer2013;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A small comma-separated file beside a data set, row by row, plain or gzipped: columns by name, in
 * any order and case. A malformed row is an error, for such a file is made by a program. Used by
 * one thread.
 */
public final class CommaSeparated implements Closeable {
  private final Path file;
  private final BufferedReader text;
  private final Map<String, Integer> columns = new HashMap<>();
  private final int width;
  private String[] cells = {};
  private long line = 1;

  private CommaSeparated(Path file, BufferedReader text) throws IOException {
    this.file = file;
    this.text = text;
    String header = text.readLine();
    String[] names = Fer2013Columns.cells(header == null ? "" : header);
    for (int i = 0; i < names.length; i++) {
      columns.putIfAbsent(names[i].toLowerCase(Locale.ROOT), i);
    }
    this.width = names.length;
  }

  /**
   * Opens {@code file} and reads its header.
   *
   * @throws IOException if it is missing or cannot be read
   */
  public static CommaSeparated open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new FileNotFoundException("there is no file " + file.toAbsolutePath());
    }
    BufferedReader text = TextFile.open(file);
    try {
      return new CommaSeparated(file, text);
    } catch (IOException e) {
      text.close();
      throw e;
    }
  }

  /** Returns whether there is such a column. */
  public boolean has(String column) {
    return columns.containsKey(column.toLowerCase(Locale.ROOT));
  }

  /**
   * Moves on to the next row; blank lines are passed over.
   *
   * @return false after the last
   * @throws IOException if it has more or fewer columns than the header
   */
  public boolean next() throws IOException {
    String row;
    do {
      row = text.readLine();
      line++;
    } while (row != null && row.isBlank());
    if (row == null) {
      return false;
    }
    cells = Fer2013Columns.cells(row);
    if (cells.length != width) {
      throw malformed("has %d columns, expected %d".formatted(cells.length, width));
    }
    return true;
  }

  /**
   * Returns the cell of this row in {@code column}.
   *
   * @throws IOException if there is no such column
   */
  public String text(String column) throws IOException {
    Integer position = columns.get(column.toLowerCase(Locale.ROOT));
    if (position == null) {
      throw new IOException(
          "%s has no column \"%s\", it has: %s"
              .formatted(file, column, String.join(", ", columns.keySet())));
    }
    return cells[position];
  }

  /**
   * Returns the whole number of this row in {@code column}.
   *
   * @throws IOException if there is no such column or it holds no whole number
   */
  public int integer(String column) throws IOException {
    String cell = text(column);
    try {
      return Integer.parseInt(cell);
    } catch (NumberFormatException e) {
      throw malformed("%s is not a whole number: \"%s\"".formatted(column, RejectedRow.cut(cell)));
    }
  }

  /** Returns what to throw if this row makes no sense. */
  public IOException malformed(String reason) {
    return new IOException("%s line %d: %s".formatted(file, line, reason));
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
