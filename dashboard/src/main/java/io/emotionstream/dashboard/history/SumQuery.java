// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Over which windows somebody wants sums.
 *
 * @param cameras by name; empty for all
 * @param from inclusive, of the window's start
 * @param to exclusive, of the window's start
 * @param resolution width of a bucket; empty for one that fits the range
 */
public record SumQuery(
    List<String> cameras, Instant from, Instant to, Optional<Resolution> resolution) {
  public SumQuery {
    cameras = List.copyOf(cameras);
  }
}
