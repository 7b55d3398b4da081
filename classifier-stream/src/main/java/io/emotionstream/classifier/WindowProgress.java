// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

/**
 * How far one camera's windows of one size and advance are, in microseconds since the epoch.
 *
 * <p>Time is cut into <em>panes</em> as long as the advance; what is seen of a camera is kept once
 * for each pane, and a window [end - size, end) is put together from its panes when it is final.
 * Windows become final in the order of their ends, each once: {@link #closedThrough} only grows,
 * and a window whose end is not beyond it never opens again. Mutable; for one thread.
 */
final class WindowProgress {
  /** Before every time, yet far enough from the limit of a long to be reckoned with. */
  static final long NEVER = Long.MIN_VALUE / 4;

  /** After every time. */
  static final long NO_PANE = Long.MAX_VALUE / 4;

  final long size;
  final long advance;
  long grace;

  /** End of the last window that is final; a multiple of the advance, or {@link #NEVER}. */
  private long closedThrough;

  /** Start of the earliest pane that holds something and is in an open window. */
  private long firstPane;

  /** Faces that were too late for a window, one for each such window, since the last one closed. */
  private long missed;

  WindowProgress(DistributionWindow window) {
    this(window.sizeMicros(), window.advanceMicros(), window.graceMicros(), NEVER, NO_PANE, 0);
  }

  WindowProgress(
      long size, long advance, long grace, long closedThrough, long firstPane, long missed) {
    this.size = size;
    this.advance = advance;
    this.grace = grace;
    this.closedThrough = closedThrough;
    this.firstPane = firstPane;
    this.missed = missed;
  }

  long closedThrough() {
    return closedThrough;
  }

  long firstPane() {
    return firstPane;
  }

  long missed() {
    return missed;
  }

  boolean isOf(DistributionWindow window) {
    return size == window.sizeMicros() && advance == window.advanceMicros();
  }

  boolean isEmpty() {
    return firstPane == NO_PANE;
  }

  int windowsOfAFace() {
    return (int) (size / advance);
  }

  long paneOf(long time) {
    return time - Math.floorMod(time, advance);
  }

  /** Returns how many of the windows that hold {@code time} are final. */
  int finalWindowsOf(long time) {
    long ends = Math.floorDiv(closedThrough - paneOf(time), advance);
    return (int) Math.max(0, Math.min(ends, windowsOfAFace()));
  }

  /** Notes that a face was too late for some windows. */
  void miss(int windows) {
    missed += windows;
  }

  /** Notes that a pane holds something now. */
  void fill(long pane) {
    firstPane = Math.min(firstPane, pane);
  }

  /** Returns whether the earliest window that is not empty is final for a clock. */
  boolean isDue(long clock) {
    return !isEmpty() && nextEnd() <= clock - grace;
  }

  /** Returns the end of the earliest window that is open and not empty. */
  long nextEnd() {
    return Math.max(firstPane, closedThrough) + advance;
  }

  /** Returns the start of the first pane that is still in an open window. */
  long firstLivePane() {
    return closedThrough - size + advance;
  }

  /**
   * Makes the window that ends at {@code end} final.
   *
   * @return how often a face missed a window since the one before
   */
  long close(long end) {
    closedThrough = end;
    long before = missed;
    missed = 0;
    return before;
  }

  /** Takes away what no open window holds any more: the earliest pane is now another, or none. */
  void startWith(long pane) {
    firstPane = pane;
  }

  /** Makes every window final that a clock has passed; those that hold something were closed. */
  void pass(long clock) {
    if (clock > NEVER) {
      closedThrough = Math.max(closedThrough, paneOf(clock - grace));
    }
  }

  /** Makes every window final that ends by {@code time}. */
  void passThrough(long time) {
    if (time > NEVER) {
      closedThrough = Math.max(closedThrough, paneOf(time));
    }
  }
}
