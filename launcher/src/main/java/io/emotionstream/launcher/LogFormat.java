// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

/** How the log is written. */
enum LogFormat {
  /** A line for people. */
  TEXT,
  /** A JSON object a line, for log stores. */
  JSON
}
