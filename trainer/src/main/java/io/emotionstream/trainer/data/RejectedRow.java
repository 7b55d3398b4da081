// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.data;

/**
 * A row that was left out of the data.
 *
 * @param line line of the file, the first is 1
 * @param value the value at fault, cut to a few characters
 * @param reason what is wrong with it
 */
public record RejectedRow(long line, String value, String reason) {
  private static final int SHOWN = 40;

  public RejectedRow {
    value = value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "...";
  }

  @Override
  public String toString() {
    return "line %d: %s: \"%s\"".formatted(line, reason, value);
  }
}
