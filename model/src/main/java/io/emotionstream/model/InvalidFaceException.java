// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import io.emotionstream.schemas.DeadLetterReason;

/** A face crop cannot be turned into network input; the message names the offending value. */
public final class InvalidFaceException extends Exception {
  private static final long serialVersionUID = 1L;

  private final DeadLetterReason reason;

  InvalidFaceException(DeadLetterReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  InvalidFaceException(DeadLetterReason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Returns the code under which the frame is filed. */
  public DeadLetterReason reason() {
    return reason;
  }
}
