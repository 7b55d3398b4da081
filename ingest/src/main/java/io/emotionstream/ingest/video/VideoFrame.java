// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.video;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;

/**
 * One decoded picture of a camera, in grayscale.
 *
 * <p>The pixels are lent: they lie in a buffer of the decoder, which the next picture overwrites.
 * Whoever gets a frame may read it until the call that handed it over returns, must not change it,
 * and copies what is to be kept.
 *
 * @param number position among the decoded pictures of this connection, from 0; pictures that were
 *     dropped before they were shown leave gaps
 * @param capturedAt event time, UTC: by the stream's own clock where it has one, else when the
 *     picture arrived
 * @param elapsed time on the stream since its first picture; increases from frame to frame, also
 *     where a file is read faster than it would play, so ages and rates of tracks count in it
 * @param width pixels of a row; 1 to 65,535
 * @param height rows; 1 to 65,535
 * @param gray direct buffer of width x height bytes from position 0 to its limit, row by row from
 *     the top without padding, 0 black to 255 white
 */
public record VideoFrame(
    long number, Instant capturedAt, Duration elapsed, int width, int height, ByteBuffer gray) {
  /** Greatest width and height, in pixels. */
  public static final int MAX_SIDE = 65_535;

  public VideoFrame {
    require(number >= 0, "frame number must not be negative, was " + number);
    require(!elapsed.isNegative(), "elapsed time must not be negative, was " + elapsed);
    require(
        width >= 1 && width <= MAX_SIDE && height >= 1 && height <= MAX_SIDE,
        "a picture must be 1 to %d pixels wide and high, was %d x %d"
            .formatted(MAX_SIDE, width, height));
    require(gray.isDirect(), "pixels must lie in a direct buffer, for native code reads them");
    require(
        gray.position() == 0 && gray.limit() == (long) width * height,
        "pixels of %d x %d must be at 0 to %d, were at %d to %d"
            .formatted(width, height, (long) width * height, gray.position(), gray.limit()));
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
