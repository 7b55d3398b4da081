// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.classifier.DistributionWindow;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/**
 * Windows of one size as they are written on the command line: {@code 10s}, {@code 15m/5m} for
 * windows of 15 minutes that start every 5, {@code 1m+30s} for a grace of their own.
 *
 * @param text what was written
 * @param grace null for that of {@code --grace}
 */
record WindowOption(String text, Duration size, Duration advance, @Nullable Duration grace) {
  private static final Pattern FORMAT = Pattern.compile("([^/+]+)(?:/([^/+]+))?(?:\\+([^/+]+))?");

  static WindowOption parse(String text) {
    Matcher matcher = FORMAT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'"
              + text
              + "' is no window: write 10s, 15m/5m (size/advance) or 1m+30s (its own grace)");
    }
    Duration size = Durations.parse(matcher.group(1));
    return new WindowOption(
        text.strip(),
        size,
        matcher.group(2) == null ? size : Durations.parse(matcher.group(2)),
        matcher.group(3) == null ? null : Durations.parse(matcher.group(3)));
  }

  DistributionWindow toWindow(Duration commonGrace) {
    return new DistributionWindow(size, advance, grace == null ? commonGrace : grace);
  }

  @Override
  public String toString() {
    return text;
  }
}
