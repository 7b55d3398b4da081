// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.schemas;

import org.jspecify.annotations.NullMarked;

/** Who talks to the broker: each command that does is a principal of its own. */
@NullMarked
public enum Role {
  /** {@code topics create} and {@code topics describe}. */
  TOPICS,
  INGEST,
  CLASSIFY,
  /** {@code model use}. */
  MODEL,
  SINK,
  JSON,
  DASHBOARD
}
