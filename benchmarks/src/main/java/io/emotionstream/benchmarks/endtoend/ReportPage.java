// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import java.util.Locale;

/** The report as a page in Markdown, {@code docs/PERFORMANCE.md}: no figure is typed by hand. */
@SuppressWarnings("InlineFormatString") // long texts: they stand together at the top
final class ReportPage {
  private static final String HEAD =
      """
      # Performance

      Written by `./emotion bench`; do not edit. The figures are of one run on one machine: measure on yours.

      | | |
      | --- | --- |
      | command | `%s` |
      | machine | %s |
      | model | %s |
      | commit | %s |
      | started | %s, took %.0f minutes |
      | load average before | %s |

      """;

  private static final String TERMS =
      """
      ## What is measured

      - **Faces a CPU second** are faces over the CPU time of the whole process (all threads, garbage collection
        and compilation included): what one core does. The *bare network* is a process that does nothing but
        classify batches. The *pipeline* is the process of the classifier stream, from frames read to events and
        windows written; broker, load generator and consumer run in other processes, and the broker's CPU time
        is shown apart. Both run with the same JVM options and the same number of threads, in turns.
      - **Saturated**: all frames (48x48 gray pixels, drawn) lie on the topic before the stream starts. Counted is
        the middle 70 %% of them. After each run the committed records are read back, and the run fails unless
        every frame has one event and stands in its windows once.
      - **Steady load** is sent on schedule, whether or not anything is answered; a frame's time runs from when
        it was due, so waiting that a stall causes is counted. A consumer sees an event when its transaction is
        committed (`read_committed`). Windows are %d s long here, with %.1f s grace. *Frame to closed window* holds
        the rest of the window and the grace; *final window to consumer* runs from when the camera's clock has
        passed both, plus the wait for the next frame.
      - Where there are several rounds, the figure is the median, and smallest and greatest stand in brackets.
        Ratios are made inside a round.

      """;

  private ReportPage() {}

  /**
   * Returns the page.
   *
   * @param chart name of the picture beside it
   */
  static String of(BenchReport report, String chart) {
    RunInfo run = report.run();
    StringBuilder page = new StringBuilder();
    page.append(
        String.format(
            Locale.ROOT,
            HEAD,
            run.command(),
            run.machine(),
            ReportTable.model(report),
            run.commit(),
            run.startedAt(),
            run.minutes(),
            run.loadBefore() < 0
                ? "unknown"
                : String.format(Locale.ROOT, "%.1f", run.loadBefore())));
    run.warning().ifPresent(warning -> page.append("**").append(warning).append(".**\n\n"));
    page.append("![The figures below, drawn](").append(chart).append(")\n\n");
    for (ReportTable table : ReportTable.all(report)) {
      page.append("## ").append(table.title()).append("\n\n");
      page.append(table.markdown()).append('\n');
    }
    report
        .memoryRun()
        .ifPresent(
            memory ->
                page.append(
                    String.format(
                        Locale.ROOT,
                        "At %.0f faces/s. In the second half resident memory moves by %.2f MB a"
                            + " minute, what is not heap of it by %.2f.%n%n",
                        memory.facesPerSecond(),
                        memory.residentMegabytesPerMinute(),
                        memory.offHeapMegabytesPerMinute())));
    page.append(
        String.format(
            Locale.ROOT,
            TERMS,
            SteadyLoad.WINDOW.toSeconds(),
            SteadyLoad.GRACE.toMillis() / 1000.0));
    return page.toString().stripTrailing() + "\n";
  }
}
