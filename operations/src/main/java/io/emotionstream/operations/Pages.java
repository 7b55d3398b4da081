// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.operations;

import java.util.Optional;

/** Pages about a process, by their paths. Asked by several threads. */
@FunctionalInterface
public interface Pages {
  /**
   * Returns the page at {@code path}, such as {@code /metrics}; nothing if it is not one of these.
   */
  Optional<Page> page(String path);
}
