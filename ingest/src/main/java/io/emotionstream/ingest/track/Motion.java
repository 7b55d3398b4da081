// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.track;

import io.emotionstream.ingest.detect.Box;
import java.time.Duration;

/**
 * Where a face is and where it is going: constant velocity, corrected by what is seen.
 *
 * <p>An alpha-beta filter, which is what the Kalman filter of SORT (Bewley et al. 2016) settles to.
 * The place is taken as the detector says: it jitters less than a smoothed box lags behind a head
 * that moves (mean overlap of carried and detected boxes, with a detection in every fifth picture:
 * 0.84 where people walk up, 0.92 and 0.93 where one sits; smoothed 0.78, 0.90 and 0.93).
 */
final class Motion {
  /** Part of a surprise that is taken for a change of speed; the rest is a nod or jitter. */
  private static final double SPEED_GAIN = 0.2;

  /** Nobody is sure to go on for longer than this; in seconds. */
  private static final double MAX_COAST = 0.5;

  /** Two pictures at once would give any speed. */
  private static final double MIN_SECONDS = 0.02;

  private static final double NANOS = 1e9;

  private Box box;
  private double speedX;
  private double speedY;
  private Duration seen;

  Motion(Box box, Duration elapsed) {
    this.box = box;
    this.seen = elapsed;
  }

  /** Returns where the face should be at {@code elapsed}. */
  Box at(Duration elapsed) {
    double seconds = Math.min(MAX_COAST, seconds(elapsed));
    return box.moved(speedX * seconds, speedY * seconds);
  }

  /** Takes in where the face was seen. */
  void correct(Box place, Duration elapsed) {
    Box expected = at(elapsed);
    double seconds = seconds(elapsed);
    double passed = Math.max(seconds, MIN_SECONDS);
    speedX += SPEED_GAIN * (place.centerX() - expected.centerX()) / passed;
    speedY += SPEED_GAIN * (place.centerY() - expected.centerY()) / passed;
    box = place;
    seen = elapsed;
  }

  private double seconds(Duration elapsed) {
    return Math.max(0, elapsed.minus(seen).toNanos() / NANOS);
  }
}
