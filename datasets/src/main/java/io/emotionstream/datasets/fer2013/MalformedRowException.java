// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.fer2013;

/** One row is no face; cheap, for a damaged file throws many. */
final class MalformedRowException extends Exception {
  private final RejectedRow.Fault fault;
  private final String value;

  MalformedRowException(RejectedRow.Fault fault, String value, String reason) {
    super(reason, null, false, false);
    this.fault = fault;
    this.value = value;
  }

  /** Returns what is reported of the row on {@code line}. */
  RejectedRow at(long line) {
    return new RejectedRow(line, fault, value, String.valueOf(getMessage()));
  }
}
