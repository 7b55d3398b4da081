// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows how far the training is: a bar that is redrawn on a terminal, elsewhere a line every {@link
 * #LINE_INTERVAL}.
 */
final class ProgressLine {
  private static final Duration BAR_INTERVAL = Duration.ofMillis(200);
  private static final Duration LINE_INTERVAL = Duration.ofSeconds(30);
  private static final int BAR_WIDTH = 24;

  private final PrintStream out;
  private final boolean terminal;
  private long shownAt = System.nanoTime();

  ProgressLine(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Returns whether somebody watches this process in a terminal. */
  @SuppressWarnings("SystemConsoleNull") // from JDK 22 on, isTerminal() tells
  static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true; // before JDK 22 there is a console in a terminal only
    }
  }

  /**
   * Shows a state, unless one was shown just before.
   *
   * @param progress share of the whole training that is done, in [0, 1]
   */
  void update(
      int epoch,
      int step,
      int steps,
      double loss,
      double perSecond,
      double progress,
      Duration left) {
    long now = System.nanoTime();
    Duration interval = terminal ? BAR_INTERVAL : LINE_INTERVAL;
    if (now - shownAt < interval.toNanos()) {
      return;
    }
    shownAt = now;
    String text =
        String.format(
            Locale.ROOT,
            "epoch %d, step %d of %d, loss %.4f, %.0f images/s, %.1f %% done, %s left",
            epoch,
            step,
            steps,
            loss,
            perSecond,
            100 * progress,
            hoursAndMinutes(left));
    if (terminal) {
      int full = (int) (BAR_WIDTH * progress);
      out.print("\r[" + "#".repeat(full) + ".".repeat(BAR_WIDTH - full) + "] " + text + " ");
    } else {
      out.println(text);
    }
    out.flush();
  }

  /** Shows a line that stays. */
  void line(String text) {
    out.println(terminal ? "\r\033[K" + text : text);
    out.flush();
  }

  private static String hoursAndMinutes(Duration left) {
    return "%d:%02d:%02d".formatted(left.toHours(), left.toMinutesPart(), left.toSecondsPart());
  }
}
