// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.decode;

import java.io.IOException;

/** A stream or file cannot be opened or read on; the message says why, without its address. */
public final class StreamException extends IOException {
  private static final long serialVersionUID = 1L;

  public StreamException(String message) {
    super(message);
  }
}
