// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.source;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Where the columns of a FER-2013 file are, found by name in any order and case: {@code emotion},
 * {@code pixels} and, optionally, {@code Usage}; without it every row is {@code Training}. Others
 * are ignored.
 */
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
    String[] names = withoutByteOrderMark(header).split(",", -1);
    Map<String, Integer> positions = new HashMap<>();
    for (int i = 0; i < names.length; i++) {
      positions.putIfAbsent(unquote(names[i]).toLowerCase(Locale.ROOT), i);
    }
    count = names.length;
    emotion = require(positions, "emotion", header);
    pixels = require(positions, "pixels", header);
    usage = positions.getOrDefault("usage", NONE);
  }

  Fer2013Row read(String line) throws UnusableException {
    String[] values = line.split(",", -1);
    if (values.length != count) {
      throw new UnusableException(
          SkipReason.WRONG_COLUMN_COUNT,
          "has %d columns, expected %d: %s".formatted(values.length, count, Skipped.quote(line)));
    }
    return new Fer2013Row(
        usage == NONE ? Fer2013Row.USAGES.get(0) : Fer2013Row.usage(unquote(values[usage])),
        Fer2013Row.emotion(unquote(values[emotion])),
        Fer2013Row.pixels(unquote(values[pixels])));
  }

  private static int require(Map<String, Integer> positions, String name, String header) {
    Integer position = positions.get(name);
    if (position == null) {
      throw new IllegalArgumentException(
          "has no column \"%s\", its header is %s".formatted(name, Skipped.quote(header)));
    }
    return position;
  }

  private static String withoutByteOrderMark(String header) {
    return header.startsWith("\uFEFF") ? header.substring(1) : header;
  }

  private static String unquote(String value) {
    String bare = value.strip();
    boolean quoted = bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"");
    return quoted ? bare.substring(1, bare.length() - 1).strip() : bare;
  }
}
