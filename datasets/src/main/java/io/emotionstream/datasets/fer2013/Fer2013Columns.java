// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.fer2013;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Where the columns of a FER-2013 file are, found by name. */
final class Fer2013Columns {
  private static final int NONE = -1;

  private final int count;
  private final int emotion;
  private final int pixels;
  private final int usage;

  /**
   * @throws IllegalArgumentException if {@code header} lacks a column
   */
  Fer2013Columns(String header) {
    String[] names = cells(header);
    Map<String, Integer> positions = new HashMap<>();
    for (int i = 0; i < names.length; i++) {
      positions.putIfAbsent(names[i].toLowerCase(Locale.ROOT), i);
    }
    count = names.length;
    emotion = require(positions, "emotion", header);
    pixels = require(positions, "pixels", header);
    usage = positions.getOrDefault("usage", NONE);
  }

  Fer2013Row read(long line, int index, String text) throws MalformedRowException {
    String[] cells = cells(text);
    if (cells.length != count) {
      throw new MalformedRowException(
          RejectedRow.Fault.COLUMN_COUNT,
          text,
          "has %d columns, expected %d".formatted(cells.length, count));
    }
    return new Fer2013Row(
        line,
        index,
        usage == NONE ? Usage.TRAINING : Fer2013Cells.usage(cells[usage]),
        Fer2013Cells.emotion(cells[emotion]),
        Fer2013Cells.pixels(cells[pixels]));
  }

  /** Returns the cells of a line, without quotes and the spaces around them. */
  static String[] cells(String line) {
    String[] cells = withoutByteOrderMark(line).split(",", -1);
    for (int i = 0; i < cells.length; i++) {
      cells[i] = unquote(cells[i]);
    }
    return cells;
  }

  private static int require(Map<String, Integer> positions, String name, String header) {
    Integer position = positions.get(name);
    if (position == null) {
      throw new IllegalArgumentException(
          "has no column \"%s\", its header is \"%s\"".formatted(name, RejectedRow.cut(header)));
    }
    return position;
  }

  private static String withoutByteOrderMark(String line) {
    return line.startsWith("\uFEFF") ? line.substring(1) : line;
  }

  private static String unquote(String value) {
    String bare = value.strip();
    boolean quoted = bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"");
    return quoted ? bare.substring(1, bare.length() - 1).strip() : bare;
  }
}
