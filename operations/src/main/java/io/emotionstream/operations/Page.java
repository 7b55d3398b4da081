// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.operations;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What a request is answered with, whichever server sends it.
 *
 * @param status HTTP status
 */
public record Page(int status, String contentType, byte[] body) {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  /** A page that is there. */
  public static Page of(String contentType, byte[] body) {
    return new Page(OK, contentType, body);
  }

  /** A page of text that is there. */
  public static Page text(String contentType, String text) {
    return of(contentType, text.getBytes(UTF_8));
  }

  static Page json(boolean available, byte[] body) {
    return new Page(available ? OK : UNAVAILABLE, "application/json", body);
  }
}
