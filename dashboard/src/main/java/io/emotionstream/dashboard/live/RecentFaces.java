// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * Figures of the faces of the last minute, in slots of a second for the rate and of ten seconds for
 * the rest; some 2 KB, whatever comes. Not safe for use by several threads.
 */
final class RecentFaces {
  private static final int RATE_SECONDS = 10;
  private static final int SLOT_SECONDS = 10;
  private static final int SLOTS = 6;

  private final long[] seconds = new long[RATE_SECONDS + 1];
  private final int[] faces = new int[RATE_SECONDS + 1];
  private final Slot[] slots = new Slot[SLOTS];

  /** Adds a face that was classified at {@code time}; times may come in any order. */
  void add(Instant time, Duration latency, boolean judged, boolean uncertain) {
    long second = time.getEpochSecond();
    int index = (int) Math.floorMod(second, (long) seconds.length);
    if (seconds[index] < second) {
      seconds[index] = second;
      faces[index] = 0;
    }
    if (seconds[index] == second) {
      faces[index]++;
    }
    slot(second).add(latency, judged, uncertain);
  }

  /** Returns faces a second over the last ten whole seconds. */
  double perSecond(Instant now) {
    long second = now.getEpochSecond();
    long sum = 0;
    for (int i = 0; i < seconds.length; i++) {
      if (seconds[i] >= second - RATE_SECONDS && seconds[i] < second) {
        sum += faces[i];
      }
    }
    return (double) sum / RATE_SECONDS;
  }

  /** Returns what the last minute's faces were like. */
  Minute minute(Instant now) {
    long oldest = now.getEpochSecond() / SLOT_SECONDS - SLOTS;
    Slot sum = new Slot();
    for (Slot slot : slots) {
      if (slot != null && slot.number > oldest) {
        sum.add(slot);
      }
    }
    return new Minute(
        sum.judged == 0 ? Double.NaN : (double) sum.uncertain / sum.judged,
        Latencies.percentile(sum.latencies, 0.5),
        Latencies.percentile(sum.latencies, 0.99));
  }

  private Slot slot(long second) {
    long number = second / SLOT_SECONDS;
    int index = (int) Math.floorMod(number, (long) SLOTS);
    if (slots[index] == null) {
      slots[index] = new Slot();
    }
    if (slots[index].number < number) {
      slots[index].restart(number);
    }
    return slots[index].number == number ? slots[index] : new Slot(); // too old: to nowhere
  }

  /**
   * Shares and percentiles of a minute; NaN where there was nothing.
   *
   * @param uncertainShare of those faces whose model has a threshold, in [0, 1]
   * @param p50Millis median latency
   * @param p99Millis 99th percentile
   */
  record Minute(double uncertainShare, double p50Millis, double p99Millis) {}

  private static final class Slot {
    private final int[] latencies = new int[Latencies.BUCKETS];
    private long number = Long.MIN_VALUE;
    private long judged;
    private long uncertain;

    void restart(long newNumber) {
      number = newNumber;
      judged = 0;
      uncertain = 0;
      Arrays.fill(latencies, 0);
    }

    void add(Duration latency, boolean isJudged, boolean isUncertain) {
      latencies[Latencies.bucketOf(latency)]++;
      judged += isJudged ? 1 : 0;
      uncertain += isUncertain ? 1 : 0;
    }

    void add(Slot other) {
      judged += other.judged;
      uncertain += other.uncertain;
      for (int i = 0; i < latencies.length; i++) {
        latencies[i] += other.latencies[i];
      }
    }
  }
}
