// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report as tables: aligned for a terminal, or in Markdown. */
final class ReportTable {
  private final String title;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param columns their heads
   */
  private ReportTable(String title, String... columns) {
    this.title = title;
    rows.add(List.of(columns));
  }

  /** Returns what the terminal shows. */
  static String of(BenchReport report) {
    StringBuilder text = new StringBuilder();
    text.append("Machine  ").append(report.run().machine()).append('\n');
    text.append("Model    ").append(model(report)).append('\n');
    text.append("Commit   ").append(report.run().commit()).append('\n');
    text.append("Command  ").append(report.run().command()).append('\n');
    report.run().warning().ifPresent(warning -> text.append(warning).append('\n'));
    for (ReportTable table : all(report)) {
      text.append('\n').append(table.aligned());
    }
    return text.toString();
  }

  static String model(BenchReport report) {
    return String.format(
        Locale.ROOT,
        "%s (%s, %.0f million multiply-adds), seed %d",
        report.run().modelId(),
        report.run().network(),
        report.run().multiplyAdds() / 1e6,
        report.run().seed());
  }

  static List<ReportTable> all(BenchReport report) {
    List<ReportTable> tables = new ArrayList<>();
    tables.add(headlines(report));
    tables.add(networks(report));
    tables.add(pipelines("Saturated pipeline", report.pipelines()));
    tables.add(shares(report));
    tables.add(latencies(report));
    tables.add(pipelines("More partitions and threads", report.lanes()));
    tables.add(pipelines("More cameras", report.cameras()));
    report.memoryRun().ifPresent(memory -> tables.add(memory(memory)));
    return tables;
  }

  String title() {
    return title;
  }

  String aligned() {
    StringBuilder text = new StringBuilder(title).append('\n');
    int columns = rows.get(0).size();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(" ");
      for (int column = 0; column < columns; column++) {
        String cell = row.get(column);
        int width = width(column);
        line.append(' ')
            .append(column == 0 ? cell + " ".repeat(width - cell.length()) : pad(cell, width))
            .append(' ');
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < rows.size(); row++) {
      text.append("| ").append(String.join(" | ", rows.get(row))).append(" |\n");
      if (row == 0) {
        text.append("| --- ".repeat(rows.get(0).size())).append("|\n");
      }
    }
    return text.toString();
  }

  private static ReportTable headlines(BenchReport report) {
    ReportTable table = new ReportTable("Results", "figure", "value", "goal", "reached");
    for (Headline headline : Headline.of(report)) {
      String reached = headline.goal().isEmpty() ? "" : headline.reached() ? "yes" : "NO";
      table.row(headline.what(), headline.value(), headline.goal(), reached);
    }
    return table;
  }

  private static ReportTable networks(BenchReport report) {
    ReportTable table =
        new ReportTable(
            "Bare network", "engine", "threads", "batch", "faces/s", "faces/CPU s", "heap B/face");
    for (BenchReport.NetworkCost cost : report.networks()) {
      table.row(
          cost.engine().toString(),
          number(0, cost.threads()),
          number(0, cost.batch()),
          cost.facesPerSecond().text(0),
          cost.facesPerCpuSecond().text(0),
          number(0, cost.allocatedBytesPerFace()));
    }
    return table;
  }

  private static ReportTable pipelines(String title, List<BenchReport.PipelineCost> costs) {
    ReportTable table =
        new ReportTable(
            title,
            "pipeline",
            "threads",
            "partitions",
            "cameras",
            "faces/s",
            "faces/CPU s",
            "faces a call",
            "broker us/face",
            "heap B/face",
            "changelog B/face",
            "state kB");
    for (BenchReport.PipelineCost cost : costs) {
      PipelineSetup setup = cost.setup();
      PipelineRound median = cost.median();
      table.row(
          name(setup),
          number(0, setup.threads()),
          number(0, setup.partitions()),
          number(0, setup.cameras()),
          cost.facesPerSecond().text(0),
          cost.facesPerCpuSecond().text(0),
          number(1, median.batch()),
          number(0, median.brokerMicrosPerFace()),
          number(0, median.allocatedBytesPerFace()),
          number(0, median.waitingChangelogBytesPerFace() + median.windowsChangelogBytesPerFace()),
          number(0, median.stateBytes() / 1e3));
    }
    return table;
  }

  private static ReportTable shares(BenchReport report) {
    ReportTable table =
        new ReportTable(
            "Where the classifier process' CPU time goes",
            "pipeline",
            "us/face",
            "network",
            "stream threads",
            "Kafka clients",
            "other");
    for (BenchReport.PipelineCost cost : report.pipelines()) {
      PipelineRound median = cost.median();
      table.row(
          name(cost.setup()),
          number(0, 1e6 / median.facesPerCpuSecond()),
          percent(median.networkShare()),
          percent(median.streamShare()),
          percent(median.clientShare()),
          percent(median.otherShare()));
    }
    return table;
  }

  private static ReportTable latencies(BenchReport report) {
    ReportTable table =
        new ReportTable(
            "Times under steady load, ms",
            "load",
            "faces/s",
            "frame to event p50",
            "p90",
            "p99",
            "max",
            "frame to closed window p50",
            "p99",
            "final window to consumer p50",
            "p99");
    for (BenchReport.Latency latency : report.latencies()) {
      table.row(
          percent(latency.load()),
          number(0, latency.facesPerSecond()),
          number(0, latency.frameToEvent().p50()),
          number(0, latency.frameToEvent().p90()),
          number(0, latency.frameToEvent().p99()),
          number(0, latency.frameToEvent().max()),
          number(0, latency.frameToClosedWindow().p50()),
          number(0, latency.frameToClosedWindow().p99()),
          number(0, latency.windowDelay().p50()),
          number(0, latency.windowDelay().p99()));
    }
    return table;
  }

  private static ReportTable memory(BenchReport.MemoryRun memory) {
    ReportTable table =
        new ReportTable(
            "Memory of the classifier process, MB",
            "minute",
            "resident",
            "heap used",
            "heap committed",
            "not heap",
            "direct buffers",
            "off-heap arrays");
    double next = 0;
    for (BenchReport.MemoryPoint point : memory.points()) {
      if (point.seconds() >= next) {
        table.row(
            number(0, next / 60),
            number(0, point.resident()),
            number(0, point.heapUsed()),
            number(0, point.heapCommitted()),
            number(0, point.nonHeap()),
            number(1, point.direct()),
            number(1, point.arrays()));
        next += 60;
      }
    }
    return table;
  }

  private static String name(PipelineSetup setup) {
    String network =
        switch (setup.engine()) {
          case NONE -> "no network";
          case DL4J, ONNX -> setup.maxBatch() == 1 ? "one by one" : "batches";
        };
    return network + ", " + setup.guarantee();
  }

  private void row(String... cells) {
    rows.add(List.of(cells));
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static String pad(String cell, int width) {
    return " ".repeat(width - cell.length()) + cell;
  }

  private static String number(int decimals, double value) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  private static String percent(double share) {
    return number(0, 100 * share) + " %";
  }
}
