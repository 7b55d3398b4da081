// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import java.time.Duration;

/**
 * Time since the first picture by the stream's time stamps, made to increase: one that stands
 * still, goes back or leaps is taken for a usual step. Used by one thread.
 */
final class StreamTime {
  private static final long LEAP_MICROS = 10_000_000;

  private boolean started;
  private long lastPts;
  private long elapsedMicros;

  /**
   * Goes on to a picture.
   *
   * @param pts its time stamp, in microseconds
   * @param usualStep microseconds from a picture to the next, positive
   */
  Duration elapsed(long pts, long usualStep) {
    if (started) {
      long step = pts - lastPts;
      elapsedMicros += step <= 0 || step > LEAP_MICROS ? usualStep : step;
    }
    started = true;
    lastPts = pts;
    return Duration.ofNanos(elapsedMicros * 1000);
  }
}
