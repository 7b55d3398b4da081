// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

/** Failures in one line, for logs and messages whose reader may not see the stack trace. */
final class OneLine {
  private static final int MAX_LENGTH = 300;
  private static final int MAX_DEPTH = 10; // causes may be a ring

  private OneLine() {}

  /** Returns what {@code failure} and the failures behind it say, down to the root. */
  static String of(Throwable failure) {
    StringBuilder text = new StringBuilder(firstLine(failure));
    Throwable cause = failure.getCause();
    for (int depth = 0; depth < MAX_DEPTH && cause != null; depth++) {
      String line = firstLine(cause);
      if (text.indexOf(line) < 0) { // many repeat their cause
        text.append("; caused by ").append(line);
      }
      cause = cause.getCause();
    }
    return text.toString();
  }

  /** Kafka Streams puts stack traces into messages: only the first line says something. */
  private static String firstLine(Throwable failure) {
    String line = failure.toString().lines().findFirst().orElse("");
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH - 3) + "...";
  }
}
