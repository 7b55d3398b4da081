// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.emotionstream.dashboard.window.EmotionWindow;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/**
 * Where a page of windows ended; windows are ordered by start, camera and advance, all descending.
 *
 * @param start the last window's start
 * @param camera its camera
 * @param sizeMillis its size, which the next page has, too
 * @param advanceMillis its advance
 */
public record Cursor(Instant start, String camera, long sizeMillis, long advanceMillis) {
  static Cursor at(EmotionWindow window) {
    return new Cursor(
        window.start(), window.camera(), window.kind().sizeMillis(), window.kind().advanceMillis());
  }

  /** Returns it as one word that goes into a URL. */
  public String text() {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, start);
    String plain = "%d %d %d %s".formatted(micros, sizeMillis, advanceMillis, camera);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(UTF_8));
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static Cursor parse(String text) {
    String[] parts = new String(Base64.getUrlDecoder().decode(text), UTF_8).split(" ", 4);
    if (parts.length < 4) {
      throw new IllegalArgumentException("no cursor: " + text);
    }
    try {
      return new Cursor(
          Instant.EPOCH.plus(Long.parseLong(parts[0]), ChronoUnit.MICROS),
          parts[3],
          Long.parseLong(parts[1]),
          Long.parseLong(parts[2]));
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("no cursor: " + text, e);
    }
  }
}
