// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.health;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** How often something happened in a second, over the last ten. Safe for use by several threads. */
final class RateMeter {
  private static final int SECONDS = 10;

  private final long[] counts = new long[SECONDS + 1]; // the running second is not complete
  private final long[] seconds = new long[SECONDS + 1];
  private final long startedAt;

  RateMeter(long nanoTime) {
    startedAt = second(nanoTime);
    Arrays.fill(seconds, Long.MIN_VALUE);
  }

  synchronized void mark(long nanoTime) {
    long now = second(nanoTime);
    int slot = (int) Math.floorMod(now, (long) counts.length);
    if (seconds[slot] != now) {
      seconds[slot] = now;
      counts[slot] = 0;
    }
    counts[slot]++;
  }

  /** Returns events per second over the last ten whole seconds, or as many as there were. */
  synchronized double perSecond(long nanoTime) {
    long now = second(nanoTime);
    long sum = 0;
    for (int slot = 0; slot < counts.length; slot++) {
      if (seconds[slot] < now && seconds[slot] >= now - SECONDS) {
        sum += counts[slot];
      }
    }
    long span = Math.min(SECONDS, now - startedAt);
    return span <= 0 ? 0 : (double) sum / span;
  }

  private static long second(long nanoTime) {
    return Math.floorDiv(nanoTime, TimeUnit.SECONDS.toNanos(1));
  }
}
