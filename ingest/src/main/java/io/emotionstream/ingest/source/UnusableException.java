// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.source;

/** One row or file is no face; cheap, for a damaged data set throws many. */
final class UnusableException extends Exception {
  private final SkipReason reason;
  private final String detail;

  UnusableException(SkipReason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
    this.detail = detail;
  }

  /** Returns what is reported of the row or file at {@code where}. */
  Skipped at(String where) {
    return new Skipped(where, reason, detail);
  }
}
