// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.fer2013;

import static io.emotionstream.datasets.fer2013.Fer2013Row.PIXELS;

import io.emotionstream.datasets.fer2013.RejectedRow.Fault;
import io.emotionstream.schemas.Emotion;

/** Reads the cells of a row. */
final class Fer2013Cells {
  private static final int MAX_GRAY = 255;
  private static final Emotion[] EMOTIONS = Emotion.values();

  private Fer2013Cells() {}

  static Usage usage(String cell) throws MalformedRowException {
    return Usage.ofLabel(cell)
        .orElseThrow(
            () ->
                new MalformedRowException(
                    Fault.USAGE, cell, "Usage is not one of " + String.join(", ", Usage.labels())));
  }

  /** Returns the class of label 0 to 6. */
  static Emotion emotion(String cell) throws MalformedRowException {
    int label = cell.length() == 1 ? cell.charAt(0) - '0' : -1;
    if (label < 0 || label >= EMOTIONS.length) {
      throw new MalformedRowException(
          Fault.EMOTION, cell, "emotion is not a number from 0 to " + (EMOTIONS.length - 1));
    }
    return EMOTIONS[label];
  }

  /** Reads {@link Fer2013Row#PIXELS} numbers from 0 to 255, separated by spaces. */
  static byte[] pixels(String cell) throws MalformedRowException {
    byte[] pixels = new byte[PIXELS];
    int count = 0;
    int end = cell.length();
    for (int at = 0; at < end; at++) {
      int start = at;
      int gray = 0;
      while (at < end && cell.charAt(at) != ' ') {
        char digit = cell.charAt(at++);
        gray =
            digit >= '0' && digit <= '9' && gray <= MAX_GRAY
                ? gray * 10 + digit - '0'
                : MAX_GRAY + 1;
      }
      if (gray > MAX_GRAY) {
        throw new MalformedRowException(
            Fault.PIXELS,
            cell.substring(start, at),
            "pixel %d is not a number from 0 to %d".formatted(count, MAX_GRAY));
      }
      if (at > start) {
        if (count < PIXELS) {
          pixels[count] = (byte) gray;
        }
        count++;
      }
    }
    if (count != PIXELS) {
      throw new MalformedRowException(
          Fault.PIXELS, cell, "has %d pixels, expected %d".formatted(count, PIXELS));
    }
    return pixels;
  }
}
