// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.model.FaceDecoder;
import java.time.Duration;
import java.util.List;

/**
 * What the stream does with a frame; which topics and brokers it talks to is told elsewhere.
 *
 * @param windows windows of the distributions, in one pass; at least one, no two of the same size
 *     and advance
 * @param maxBatch faces that the network classifies together at most; 1 for one by one
 * @param maxLatency how long a face waits for its batch to fill while the thread has time for it, a
 *     fifth of that while no other face comes; 1 ms to 1 minute
 * @param threads stream threads, each with a network of its own; beyond the number of partitions
 *     they idle
 * @param maxFaceSide greatest width and height of a face crop that is decoded, in pixels; 1 to 8192
 * @param maxClockSkew how far ahead of this machine's clock a capture time may be; 0 to 7 days, for
 *     the topics of the contract refuse records more than 30 days ahead of the broker's clock
 * @param idleTimeout how long nothing may come of a camera until its windows become final without
 *     it; zero for never, else 1 s to 366 days
 * @param emptyWindows whether a window in which a camera showed signs of life but no face is
 *     written, too
 */
public record ClassifierConfig(
    List<DistributionWindow> windows,
    int maxBatch,
    Duration maxLatency,
    int threads,
    int maxFaceSide,
    Duration maxClockSkew,
    Duration idleTimeout,
    boolean emptyWindows) {
  private static final int MAX_WINDOWS = 16;
  private static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofMinutes(5);

  public ClassifierConfig {
    windows = List.copyOf(windows);
    Require.that(
        !windows.isEmpty() && windows.size() <= MAX_WINDOWS,
        "windows must be 1 to %d, were %d".formatted(MAX_WINDOWS, windows.size()));
    for (int i = 1; i < windows.size(); i++) {
      DistributionWindow window = windows.get(i);
      Require.that(
          windows.subList(0, i).stream().noneMatch(window::isSameKind),
          "two windows have size %s and advance %s".formatted(window.size(), window.advance()));
    }
    Require.that(
        maxBatch >= 1 && maxBatch <= 4096, "max batch must be between 1 and 4096, was " + maxBatch);
    Require.that(
        maxLatency.compareTo(Duration.ofMillis(1)) >= 0
            && maxLatency.compareTo(Duration.ofMinutes(1)) <= 0,
        "max latency must be between 1 ms and 1 minute, was " + maxLatency);
    Require.that(threads >= 1, "threads must be at least 1, was " + threads);
    Require.that(
        maxFaceSide >= 1 && maxFaceSide <= 8192,
        "max face side must be between 1 and 8192 pixels, was " + maxFaceSide);
    Require.that(
        !maxClockSkew.isNegative() && maxClockSkew.compareTo(Duration.ofDays(7)) <= 0,
        "max clock skew must not be negative and at most 7 days, was " + maxClockSkew);
    Require.that(
        idleTimeout.isZero()
            || (idleTimeout.compareTo(Duration.ofSeconds(1)) >= 0
                && idleTimeout.compareTo(Duration.ofDays(366)) <= 0),
        "idle timeout must be zero for never, or between 1 s and 366 days, was " + idleTimeout);
  }

  /** One kind of windows, and the defaults for silent cameras. */
  public ClassifierConfig(
      DistributionWindow window,
      int maxBatch,
      Duration maxLatency,
      int threads,
      int maxFaceSide,
      Duration maxClockSkew) {
    this(
        List.of(window),
        maxBatch,
        maxLatency,
        threads,
        maxFaceSide,
        maxClockSkew,
        DEFAULT_IDLE_TIMEOUT,
        true);
  }

  /** Returns the first kind of windows. */
  public DistributionWindow window() {
    return windows.get(0);
  }

  /** Returns a copy with other windows. */
  public ClassifierConfig withWindows(List<DistributionWindow> others) {
    return new ClassifierConfig(
        others,
        maxBatch,
        maxLatency,
        threads,
        maxFaceSide,
        maxClockSkew,
        idleTimeout,
        emptyWindows);
  }

  /**
   * Windows of 10 s with 2 s grace, batches of 32 within 25 ms, one thread, crops up to {@value
   * FaceDecoder#DEFAULT_MAX_SIDE} pixels, clocks up to 5 minutes ahead, 5 minutes until a silent
   * camera is idle, empty windows written. The one place of these defaults.
   */
  public static ClassifierConfig defaults() {
    return new ClassifierConfig(
        new DistributionWindow(Duration.ofSeconds(10), Duration.ofSeconds(2)),
        32,
        Duration.ofMillis(25),
        1,
        FaceDecoder.DEFAULT_MAX_SIDE,
        Duration.ofMinutes(5));
  }
}
