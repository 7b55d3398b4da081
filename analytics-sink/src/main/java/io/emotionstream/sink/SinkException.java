// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import java.sql.SQLException;

/** The sink cannot go on without help; the message is one line with the cause and the remedy. */
public final class SinkException extends RuntimeException {
  SinkException(String message) {
    super(message);
  }

  SinkException(String message, Throwable cause) {
    super(message, cause);
  }

  static SinkException of(SinkConfig config, SQLException e) {
    return new SinkException(
        "cannot use %s: %s; %s"
            .formatted(config.login().maskedUrl(), SqlErrors.describe(e), SqlErrors.remedy(e)),
        e);
  }
}
