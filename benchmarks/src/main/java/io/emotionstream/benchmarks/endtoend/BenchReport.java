// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.emotionstream.benchmarks.endtoend.Question.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that a run of the bench has measured; {@code bench.json}. The seven figures on top are ratios
 * and medians of what follows.
 *
 * @param pipelineOverRaw {@code pipelineFacesPerSecondPerCore} over {@code
 *     rawFacesPerSecondPerCore}: median of the rounds' ratios
 * @param dl4jOverOnnx faces a CPU second of DL4J over those of ONNX Runtime, one thread, batches of
 *     {@value Bench#BATCH}
 * @param batchedOverSingle faces a CPU second of DL4J in batches of {@value Bench#BATCH} over one
 *     by one
 * @param eosOverAlos faces a second of the pipeline with exactly_once_v2 over at_least_once
 * @param p99FrameToEventMsAtHalfLoad 99th percentile, from the time a frame was due to be sent to
 *     the time a read_committed consumer had its event, at half of the measured capacity
 * @param rawFacesPerSecondPerCore faces for each second of CPU time of a process that does nothing
 *     but classify batches with DL4J
 * @param pipelineFacesPerSecondPerCore faces for each second of CPU time of the classifier process
 *     (all of its threads), from frame read to event and window written, exactly_once_v2; the
 *     broker's process not included
 */
record BenchReport(
    double pipelineOverRaw,
    double dl4jOverOnnx,
    double batchedOverSingle,
    double eosOverAlos,
    double p99FrameToEventMsAtHalfLoad,
    double rawFacesPerSecondPerCore,
    double pipelineFacesPerSecondPerCore,
    RunInfo run,
    Ratios ratios,
    List<NetworkCost> networks,
    List<PipelineCost> pipelines,
    List<Latency> latencies,
    List<PipelineCost> lanes,
    List<PipelineCost> cameras,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable MemoryRun memory) {
  static final String FILE = "bench.json";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Ratios with the spread over the rounds of the run. */
  record Ratios(
      Spread pipelineOverRaw,
      Spread dl4jOverOnnxAt32,
      Spread dl4jOverOnnxAt8,
      Spread batchedOverSingle,
      Spread pipelineBatchedOverSingle,
      Spread eosOverAlos,
      Spread eosOverAlosByCpu) {}

  /** A network by itself. */
  record NetworkCost(
      Engine engine,
      int threads,
      int batch,
      Spread facesPerSecond,
      Spread facesPerCpuSecond,
      double allocatedBytesPerFace) {}

  /** The saturated pipeline; what is no spread is the median of the rounds. */
  record PipelineCost(
      PipelineSetup setup, Spread facesPerSecond, Spread facesPerCpuSecond, PipelineRound median) {}

  /**
   * Times under a load that does not wait for answers, in milliseconds.
   *
   * @param load share of the measured capacity
   * @param facesPerSecond sent
   * @param faces measured
   * @param frameToEvent from when a frame was due to when a read_committed consumer had its event
   * @param frameToClosedWindow from when a frame was due to when that consumer had its window:
   *     holds the rest of the window and its grace
   * @param windowDelay from when a window was final by its camera's clock to when that consumer had
   *     it
   * @param latestSend how late the generator was at worst
   */
  record Latency(
      double load,
      double facesPerSecond,
      long faces,
      Percentiles frameToEvent,
      Percentiles frameToClosedWindow,
      Percentiles windowDelay,
      double latestSend) {}

  /** Percentiles in milliseconds. */
  record Percentiles(double p50, double p90, double p99, double max) {}

  /**
   * Memory of the classifier process under a steady load.
   *
   * @param residentMegabytesPerMinute slope of a straight line through the second half
   * @param offHeapMegabytesPerMinute the same of what is resident and not heap
   */
  record MemoryRun(
      double load,
      double facesPerSecond,
      double minutes,
      double residentMegabytesPerMinute,
      double offHeapMegabytesPerMinute,
      double residentMegabytesAtEnd,
      List<MemoryPoint> points) {}

  /** Megabytes after so many seconds. */
  record MemoryPoint(
      double seconds,
      double resident,
      double heapUsed,
      double heapCommitted,
      double nonHeap,
      double direct,
      double arrays) {}

  static BenchReport read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException("%s is missing: measure first, without --render".formatted(file));
    }
    try {
      return JSON.readValue(file.toFile(), BenchReport.class);
    } catch (JacksonException e) {
      throw new IOException(
          "%s is no report of this version: %s".formatted(file, e.getOriginalMessage()), e);
    }
  }

  void write(Path file) throws IOException {
    Files.write(file, JSON.writeValueAsBytes(this));
  }

  Optional<MemoryRun> memoryRun() {
    return Optional.ofNullable(memory);
  }
}
