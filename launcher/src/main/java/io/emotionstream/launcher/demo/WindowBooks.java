// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher.demo;

import io.emotionstream.classifier.DistributionWindow;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.MissedWindows;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The books of the windows of one size and advance.
 *
 * @param windowSizeMs length of a window
 * @param windowAdvanceMs distance between the starts of windows
 * @param windowsPublished records on {@code emotion-distributions}
 * @param windowsStored rows in {@code emotion_distributions}
 * @param windowedFaces sum of the rows' totals: a face counts in size / advance windows
 * @param missed how often a face on {@code emotion-late-events} was too late for one of them
 * @param missedStored the same in {@code emotion_missed_windows}
 */
public record WindowBooks(
    long windowSizeMs,
    long windowAdvanceMs,
    long windowsPublished,
    long windowsStored,
    long windowedFaces,
    long missed,
    long missedStored) {

  /** Which windows they are the books of. */
  record Kind(long sizeMs, long advanceMs) {
    static Kind of(DistributionWindow window) {
      return new Kind(window.size().toMillis(), window.advance().toMillis());
    }

    static Kind of(EmotionDistribution window) {
      return new Kind(window.getWindowSizeMillis(), window.getWindowAdvanceMillis());
    }

    static Kind of(MissedWindows windows) {
      return new Kind(windows.getWindowSizeMillis(), windows.getWindowAdvanceMillis());
    }

    /** Returns the first in which a face counts once; if there is none, the first. */
    static Kind countingOnce(List<DistributionWindow> windows) {
      return windows.stream()
          .min(Comparator.comparing(DistributionWindow::windowsOfAFace))
          .map(Kind::of)
          .orElseThrow();
    }
  }

  /** What is in one place: on the topics, or in the tables. */
  record Sums(long windows, long faces, long missed) {
    static final Sums NONE = new Sums(0, 0, 0);

    Sums plus(Sums other) {
      return new Sums(windows + other.windows, faces + other.faces, missed + other.missed);
    }

    Sums minus(Sums other) {
      return new Sums(windows - other.windows, faces - other.faces, missed - other.missed);
    }
  }

  static WindowBooks of(Kind kind, Sums published, Sums stored) {
    return new WindowBooks(
        kind.sizeMs,
        kind.advanceMs,
        published.windows,
        stored.windows,
        stored.faces,
        published.missed,
        stored.missed);
  }

  /** Returns in how many windows a face is. */
  long windowsOfAFace() {
    return windowSizeMs / windowAdvanceMs;
  }

  /** Returns the windows as the command line has them. */
  String name() {
    String size = Duration.ofMillis(windowSizeMs).toString().substring(2);
    String advance = Duration.ofMillis(windowAdvanceMs).toString().substring(2);
    return (windowSizeMs == windowAdvanceMs ? size : size + "/" + advance).toLowerCase(Locale.ROOT);
  }
}
