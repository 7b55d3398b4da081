// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.decode;

/**
 * When the packets of a stream are due that comes in pieces of several seconds: as they play. Else
 * ten seconds of pictures would come at once, and nothing until the next piece. Used by one thread.
 */
final class Pace {
  /**
   * A packet that is this early or late is not of the same run of times: the next ones follow it.
   */
  static final long LEAP_NANOS = 2_000_000_000L;

  private static final int NANOS_PER_MICRO = 1000;

  private boolean started;
  private long zero;

  /**
   * Returns when a packet is due, on the clock of {@code now}.
   *
   * @param micros when it is shown or decoded, in microseconds of the stream
   * @param now in nanoseconds
   */
  long due(long micros, long now) {
    long due = zero + micros * NANOS_PER_MICRO;
    if (!started || Math.abs(due - now) > LEAP_NANOS) {
      started = true;
      zero = now - micros * NANOS_PER_MICRO;
      return now;
    }
    return due;
  }
}
