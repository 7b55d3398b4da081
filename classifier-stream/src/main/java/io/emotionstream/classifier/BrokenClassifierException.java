// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

/** The network fails whatever the face: a trouble of this process, not of the records. */
final class BrokenClassifierException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BrokenClassifierException(String message, Throwable cause) {
    super(message, cause);
  }

  BrokenClassifierException(String message) {
    super(message);
  }
}
