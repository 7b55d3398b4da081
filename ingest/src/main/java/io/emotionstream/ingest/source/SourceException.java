// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.source;

import org.jspecify.annotations.Nullable;

/** A source cannot be used; the message names its URI, what is wrong and what to do. */
public final class SourceException extends RuntimeException {
  public SourceException(String uri, String problem, @Nullable Throwable cause) {
    super("source " + Secrets.mask(uri) + ": " + Secrets.mask(problem), cause);
  }
}
