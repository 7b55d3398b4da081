// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import io.emotionstream.benchmarks.endtoend.BenchReport.Latency;
import io.emotionstream.benchmarks.endtoend.BenchReport.NetworkCost;
import io.emotionstream.benchmarks.endtoend.BenchReport.PipelineCost;
import io.emotionstream.benchmarks.endtoend.Question.Engine;
import io.emotionstream.trainer.chart.BarFigure;
import io.emotionstream.trainer.chart.Figure;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import javax.imageio.ImageIO;

/** The report in one picture: rates, times, and how they grow. */
final class ReportChart {
  private ReportChart() {}

  /** Writes a PNG file. */
  static void write(BenchReport report, Path file) throws IOException {
    List<BufferedImage> figures =
        List.of(
            rates(report).image(),
            times(report.latencies()).image(),
            growth("Partitions and stream threads", report.lanes(), setup -> setup.partitions())
                .image(),
            growth("Cameras", report.cameras(), setup -> setup.cameras()).image());
    int width = figures.get(0).getWidth();
    int height = figures.get(0).getHeight();
    BufferedImage page = new BufferedImage(2 * width, 2 * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = page.createGraphics();
    for (int i = 0; i < figures.size(); i++) {
      graphics.drawImage(figures.get(i), i % 2 * width, i / 2 * height, null);
    }
    graphics.dispose();
    if (!ImageIO.write(page, "png", file.toFile())) {
      throw new IOException("this JDK writes no PNG");
    }
  }

  private static Figure rates(BenchReport report) {
    Map<String, Double> rates = new LinkedHashMap<>();
    for (NetworkCost cost : report.networks()) {
      rates.put(cost.engine() + " " + cost.batch(), cost.facesPerCpuSecond().median());
    }
    for (PipelineCost cost : report.pipelines()) {
      if (cost.setup().engine() != Engine.NONE) {
        String batch = cost.setup().maxBatch() == 1 ? " 1" : "";
        String guarantee =
            cost.setup().guarantee().equals(PipelineSetup.EXACTLY_ONCE) ? "EOS" : "ALOS";
        rates.put(guarantee + batch, cost.facesPerCpuSecond().median());
      }
    }
    return BarFigure.of(
            "Faces a CPU second: network by batch, pipeline by guarantee",
            "",
            "faces / CPU s",
            List.copyOf(rates.keySet()))
        .bars("faces", values(List.copyOf(rates.values()), rate -> rate))
        .withValues("0");
  }

  private static Figure times(List<Latency> latencies) {
    List<String> loads =
        latencies.stream()
            .map(latency -> String.format(Locale.ROOT, "%.0f %%", 100 * latency.load()))
            .toList();
    return BarFigure.of("Frame to event, exactly once", "share of capacity", "ms", loads)
        .bars("p50", values(latencies, latency -> latency.frameToEvent().p50()))
        .bars("p99", values(latencies, latency -> latency.frameToEvent().p99()))
        .withValues("0");
  }

  private static Figure growth(
      String title, List<PipelineCost> costs, ToIntFunction<PipelineSetup> size) {
    List<String> sizes =
        costs.stream().map(cost -> Integer.toString(size.applyAsInt(cost.setup()))).toList();
    return BarFigure.of(title, "", "faces", sizes)
        .bars("a second", values(costs, cost -> cost.facesPerSecond().median()))
        .bars("a CPU second", values(costs, cost -> cost.facesPerCpuSecond().median()))
        .withValues("0");
  }

  private static <T> double[] values(List<T> items, ToDoubleFunction<T> value) {
    return items.stream().mapToDouble(value).toArray();
  }
}
