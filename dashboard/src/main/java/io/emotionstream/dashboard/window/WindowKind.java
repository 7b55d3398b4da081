// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.window;

/**
 * How long windows are and how far apart they start.
 *
 * @param sizeMillis length; positive
 * @param advanceMillis distance between starts: the size where windows are tumbling; positive
 */
public record WindowKind(long sizeMillis, long advanceMillis) {
  public WindowKind {
    if (sizeMillis < 1 || advanceMillis < 1) {
      throw new IllegalArgumentException(
          "a window's size and advance are positive, were %d ms and %d ms"
              .formatted(sizeMillis, advanceMillis));
    }
  }

  /** Returns whether this kind shows more than {@code other}: shorter, or as short and tumbling. */
  public boolean isFinerThan(WindowKind other) {
    return sizeMillis < other.sizeMillis
        || (sizeMillis == other.sizeMillis && advanceMillis > other.advanceMillis);
  }
}
