// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

/**
 * A record that cannot become a row.
 *
 * @param error why, in one line
 */
record Rejection(Source source, String error) {
  Rejection {
    error = error.replace('\0', '?'); // PostgreSQL's text holds no NUL
  }
}
