// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.source;

/**
 * A row or a file that was left out.
 *
 * @param where the file, and the line in it where it has lines
 * @param reason what was wrong, for counting
 * @param detail what was wrong, with the value at fault
 */
public record Skipped(String where, SkipReason reason, String detail) {
  @Override
  public String toString() {
    return where + ": " + detail;
  }
}
