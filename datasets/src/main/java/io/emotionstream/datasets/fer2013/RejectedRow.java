// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.fer2013;

/**
 * A row that was left out.
 *
 * @param line line of the file, the first is 1
 * @param fault what is wrong with it, for counting
 * @param value the value at fault, cut to a few characters
 * @param reason what is wrong with it, in words
 */
public record RejectedRow(long line, Fault fault, String value, String reason) {
  private static final int SHOWN = 40;

  /** What may be wrong with a row. */
  public enum Fault {
    /** It has more or fewer columns than the header. */
    COLUMN_COUNT,
    /** Its Usage is none of {@link Usage}. */
    USAGE,
    /** Its emotion is not a number from 0 to 6. */
    EMOTION,
    /** Its pixels are not 2,304 numbers from 0 to 255. */
    PIXELS
  }

  public RejectedRow {
    value = cut(value);
  }

  /** Returns the reason and the value. */
  public String detail() {
    return "%s: \"%s\"".formatted(reason, value);
  }

  @Override
  public String toString() {
    return "line %d: %s".formatted(line, detail());
  }

  static String cut(String value) {
    return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "...";
  }
}
