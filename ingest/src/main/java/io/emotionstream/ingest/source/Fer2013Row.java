// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.source;

import io.emotionstream.schemas.Emotion;
import java.util.List;
import java.util.Optional;

/**
 * One well-formed row of a FER-2013 file.
 *
 * @param usage one of {@link #USAGES}
 * @param emotion the label
 * @param pixels {@value #PIXELS} unsigned bytes, row by row from the top; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: it only carries pixels
record Fer2013Row(String usage, Emotion emotion, byte[] pixels) {
  static final int SIDE = 48;
  static final int PIXELS = SIDE * SIDE;
  static final List<String> USAGES = List.of("Training", "PublicTest", "PrivateTest");

  /** Returns the class of label 0 to 6. */
  static Emotion emotion(String value) throws UnusableException {
    Emotion[] emotions = Emotion.values();
    if (value.length() == 1 && value.charAt(0) >= '0' && value.charAt(0) - '0' < emotions.length) {
      return emotions[value.charAt(0) - '0'];
    }
    throw new UnusableException(
        SkipReason.BAD_EMOTION,
        "emotion is not a number from 0 to %d: %s"
            .formatted(emotions.length - 1, Skipped.quote(value)));
  }

  static String usage(String value) throws UnusableException {
    Optional<String> usage = USAGES.stream().filter(value::equals).findFirst();
    return usage.orElseThrow(
        () ->
            new UnusableException(
                SkipReason.BAD_USAGE,
                "Usage is not one of %s: %s".formatted(USAGES, Skipped.quote(value))));
  }

  /** Reads {@value #PIXELS} numbers from 0 to 255, separated by spaces. */
  static byte[] pixels(String value) throws UnusableException {
    byte[] pixels = new byte[PIXELS];
    int count = 0;
    int end = value.length();
    for (int at = 0; at < end; at++) {
      int start = at;
      int gray = 0;
      while (at < end && value.charAt(at) != ' ') {
        char digit = value.charAt(at++);
        gray = digit >= '0' && digit <= '9' && gray <= 255 ? gray * 10 + digit - '0' : 1000;
      }
      if (gray > 255) {
        throw new UnusableException(
            SkipReason.BAD_PIXELS,
            "pixel %d is not a number from 0 to 255: %s"
                .formatted(count, Skipped.quote(value.substring(start, at))));
      }
      if (at > start) {
        if (count < PIXELS) {
          pixels[count] = (byte) gray;
        }
        count++;
      }
    }
    if (count != PIXELS) {
      throw new UnusableException(
          SkipReason.BAD_PIXELS,
          "has %d pixels, expected %d: %s".formatted(count, PIXELS, Skipped.quote(value)));
    }
    return pixels;
  }
}
