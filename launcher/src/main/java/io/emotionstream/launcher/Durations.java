// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 250ms}, {@code 30s}, {@code 10m}, {@code 2h}, {@code 7d}, or ISO-8601. */
final class Durations {
  private static final Pattern SHORT = Pattern.compile("(\\d+)(ms|s|m|h|d)");
  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "ms", ChronoUnit.MILLIS,
          "s", ChronoUnit.SECONDS,
          "m", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS);

  private Durations() {}

  static Duration parse(String text) {
    try {
      Matcher matcher = SHORT.matcher(text.strip());
      if (matcher.matches()) {
        return Duration.of(Long.parseLong(matcher.group(1)), UNITS.get(matcher.group(2)));
      }
      return Duration.parse(text.strip());
    } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
      throw new TypeConversionException(
          "'" + text + "' is no duration: write 250ms, 30s, 10m, 2h or 7d");
    }
  }
}
