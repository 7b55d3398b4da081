// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.live;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the topics said until one tick. Immutable, shared by all requests and streams.
 *
 * <p>A version is the number of a tick. The first one is the time at which the process began to
 * count, in milliseconds since 1970, and each later one is one more, a second later: so a version
 * of another process is either older than the first of this one or lies ahead of its last.
 */
final class LiveView {
  private final long firstVersion;
  private final long version;
  private final Instant at;
  private final List<CameraView> cameras;
  private final Map<String, CameraView> byId;
  private final long membersVersion;
  private final Fragment totals;
  private final byte[] model;
  private final List<Long> windowSizes;

  LiveView(
      long firstVersion,
      long version,
      Instant at,
      List<CameraView> cameras,
      long membersVersion,
      Fragment totals,
      byte[] model,
      SortedSet<Long> windowSizes) {
    this.firstVersion = firstVersion;
    this.version = version;
    this.at = at;
    this.cameras = List.copyOf(cameras);
    this.byId = cameras.stream().collect(Collectors.toMap(CameraView::id, Function.identity()));
    this.membersVersion = membersVersion;
    this.totals = totals;
    this.model = model;
    this.windowSizes = List.copyOf(windowSizes);
  }

  long version() {
    return version;
  }

  /** Returns whether {@code other} is a version that this process gave out. */
  boolean knows(long other) {
    return other >= firstVersion && other <= version;
  }

  Instant at() {
    return at;
  }

  /** Returns all cameras by name. */
  List<CameraView> cameras() {
    return cameras;
  }

  @Nullable CameraView camera(String id) {
    return byId.get(id);
  }

  /** Returns the tick in which a camera came or went last. */
  long membersVersion() {
    return membersVersion;
  }

  Fragment totals() {
    return totals;
  }

  /** Returns the model in use as JSON; {@code null} as JSON before the first event. */
  byte[] model() {
    return model;
  }

  /** Returns the sizes of the windows that were seen, in milliseconds, ascending. */
  List<Long> windowSizes() {
    return Collections.unmodifiableList(windowSizes);
  }
}
