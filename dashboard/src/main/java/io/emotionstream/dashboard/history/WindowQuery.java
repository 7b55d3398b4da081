// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which stored windows somebody wants, newest first.
 *
 * @param cameras by name; empty for all
 * @param sizeMillis their size; empty for the finest that is stored
 * @param from inclusive, of the window's start
 * @param to exclusive, of the window's start
 * @param limit most windows
 * @param after the last window of the page before, if there was one
 */
public record WindowQuery(
    List<String> cameras,
    OptionalLong sizeMillis,
    Instant from,
    Instant to,
    int limit,
    Optional<Cursor> after) {
  public WindowQuery {
    cameras = List.copyOf(cameras);
  }

  WindowQuery withSize(long millis) {
    return new WindowQuery(cameras, OptionalLong.of(millis), from, to, limit, after);
  }
}
