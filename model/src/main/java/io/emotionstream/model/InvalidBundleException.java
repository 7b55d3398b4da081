// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import java.io.IOException;

/** A file is not a model bundle that this version can use; the message names file and fault. */
public final class InvalidBundleException extends IOException {
  private static final long serialVersionUID = 1L;

  InvalidBundleException(String source, String fault) {
    super("model bundle " + source + ": " + fault);
  }

  InvalidBundleException(String source, String fault, Throwable cause) {
    super("model bundle " + source + ": " + fault, cause);
  }
}
