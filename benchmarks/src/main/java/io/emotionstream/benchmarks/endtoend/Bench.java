// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import io.emotionstream.benchmarks.endtoend.BenchReport.Latency;
import io.emotionstream.benchmarks.endtoend.BenchReport.MemoryRun;
import io.emotionstream.benchmarks.endtoend.BenchReport.NetworkCost;
import io.emotionstream.benchmarks.endtoend.BenchReport.PipelineCost;
import io.emotionstream.benchmarks.endtoend.BenchReport.Ratios;
import io.emotionstream.benchmarks.endtoend.Question.Engine;
import io.emotionstream.benchmarks.endtoend.Question.RunNetwork;
import io.emotionstream.schemas.Topics;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs all measurements, one after the other. What is compared is measured in turns, so that a
 * machine that slows down slows both.
 */
final class Bench {
  /** Faces that are classified together, as in the product. */
  static final int BATCH = 32;

  private static final int SMALL_BATCH = 8;
  private static final int CAMERAS = 16;
  private static final double[] LOADS = {0.25, 0.5, 0.75};
  private static final double HALF = 0.5;

  /** What the pipeline does of the bare network's rate is about this: to size the rounds. */
  private static final double EXPECTED_SHARE = 0.85;

  private final Plan plan;
  private final PipelineSetup setup;
  private final PrintStream progress;
  private final long start = System.nanoTime();

  private final Laboratory laboratory;
  private final ChildProcess worker;
  private final Frames frames;
  private final SaturatedPipeline pipeline;

  private Bench(
      Plan plan,
      int threads,
      PrintStream progress,
      Laboratory laboratory,
      ChildProcess worker,
      Frames frames) {
    this.plan = plan;
    this.setup =
        new PipelineSetup(
            Engine.DL4J,
            threads,
            Math.max(Topics.DEFAULT_PARTITIONS, threads),
            CAMERAS,
            BATCH,
            PipelineSetup.EXACTLY_ONCE);
    this.progress = progress;
    this.laboratory = laboratory;
    this.worker = worker;
    this.frames = frames;
    this.pipeline = new SaturatedPipeline(laboratory, worker, frames);
  }

  /**
   * Measures; takes minutes.
   *
   * @param threads stream threads, and threads of the bare network
   * @throws IOException if a process fails, or a face is missing in what came out
   */
  static BenchReport run(
      Plan plan, int threads, long seed, RunInfo info, Laboratory laboratory, PrintStream progress)
      throws IOException, InterruptedException {
    try (ChildProcess worker = laboratory.newWorker()) {
      Frames frames = Frames.draw(seed);
      return new Bench(plan, threads, progress, laboratory, worker, frames).measure(info);
    }
  }

  private BenchReport measure(RunInfo info) throws IOException, InterruptedException {
    say("warming up, network and pipeline");
    double rate = network(Engine.DL4J, setup.threads(), BATCH).facesPerSecond();
    double singleRate = network(Engine.DL4J, setup.threads(), 1).facesPerSecond();
    PipelineRound empty = pipeline.run(setup.withEngine(Engine.NONE), plan.warmUpFaces(), 60);
    pipeline(setup, rate * EXPECTED_SHARE, plan.warmUpSeconds());

    List<Sample> raw = new ArrayList<>();
    List<PipelineRound> exactlyOnce = new ArrayList<>();
    List<PipelineRound> atLeastOnce = new ArrayList<>();
    PipelineSetup alos = setup.withGuarantee(PipelineSetup.AT_LEAST_ONCE);
    for (int i = 1; i <= plan.repeats(); i++) {
      say("network and pipeline, round %d of %d", i, plan.repeats());
      raw.add(network(Engine.DL4J, setup.threads(), BATCH));
      exactlyOnce.add(pipeline(setup, rate * EXPECTED_SHARE, plan.pipelineSeconds()));
      atLeastOnce.add(pipeline(alos, rate * EXPECTED_SHARE, plan.pipelineSeconds()));
    }
    say("pipeline one by one");
    PipelineSetup single = setup.withMaxBatch(1);
    PipelineRound singles = pipeline(single, singleRate * EXPECTED_SHARE, plan.pipelineSeconds());

    List<Sample> dl4j = new ArrayList<>();
    List<Sample> dl4jSmall = new ArrayList<>();
    List<Sample> dl4jSingle = new ArrayList<>();
    List<Sample> onnx = new ArrayList<>();
    List<Sample> onnxSmall = new ArrayList<>();
    for (int i = 1; i <= plan.engineRepeats(); i++) {
      say("DL4J and ONNX Runtime, round %d of %d", i, plan.engineRepeats());
      dl4j.add(network(Engine.DL4J, 1, BATCH));
      onnx.add(network(Engine.ONNX, 1, BATCH));
      dl4jSmall.add(network(Engine.DL4J, 1, SMALL_BATCH));
      onnxSmall.add(network(Engine.ONNX, 1, SMALL_BATCH));
      dl4jSingle.add(network(Engine.DL4J, 1, 1));
    }

    double capacity = Spread.of(exactlyOnce, PipelineRound::facesPerSecond).median();
    List<Latency> latencies = latencies(capacity);
    List<PipelineCost> lanes = new ArrayList<>();
    for (int count : plan.lanes()) {
      say("%d partitions and threads", count);
      int busy = Math.min(count, Runtime.getRuntime().availableProcessors());
      lanes.add(grown(setup.withLanes(count), capacity / setup.threads() * busy));
    }
    List<PipelineCost> cameras = new ArrayList<>();
    for (int count : plan.cameras()) {
      say("%d cameras", count);
      cameras.add(grown(setup.withCameras(count), capacity));
    }
    Optional<MemoryRun> memory = memory(capacity);
    say("done");

    Ratios ratios =
        new Ratios(
            ratio(exactlyOnce, PipelineRound::facesPerCpuSecond, raw, Sample::facesPerCpuSecond),
            ratio(dl4j, Sample::facesPerCpuSecond, onnx, Sample::facesPerCpuSecond),
            ratio(dl4jSmall, Sample::facesPerCpuSecond, onnxSmall, Sample::facesPerCpuSecond),
            ratio(dl4j, Sample::facesPerCpuSecond, dl4jSingle, Sample::facesPerCpuSecond),
            Spread.of(
                exactlyOnce, round -> round.facesPerCpuSecond() / singles.facesPerCpuSecond()),
            ratio(
                exactlyOnce,
                PipelineRound::facesPerSecond,
                atLeastOnce,
                PipelineRound::facesPerSecond),
            ratio(
                exactlyOnce,
                PipelineRound::facesPerCpuSecond,
                atLeastOnce,
                PipelineRound::facesPerCpuSecond));
    return new BenchReport(
        ratios.pipelineOverRaw().median(),
        ratios.dl4jOverOnnxAt32().median(),
        ratios.batchedOverSingle().median(),
        ratios.eosOverAlos().median(),
        atHalf(latencies).frameToEvent().p99(),
        Spread.of(raw, Sample::facesPerCpuSecond).median(),
        Spread.of(exactlyOnce, PipelineRound::facesPerCpuSecond).median(),
        info.took((System.nanoTime() - start) / 60e9),
        ratios,
        List.of(
            cost(Engine.DL4J, setup.threads(), BATCH, raw),
            cost(Engine.DL4J, 1, BATCH, dl4j),
            cost(Engine.ONNX, 1, BATCH, onnx),
            cost(Engine.DL4J, 1, SMALL_BATCH, dl4jSmall),
            cost(Engine.ONNX, 1, SMALL_BATCH, onnxSmall),
            cost(Engine.DL4J, 1, 1, dl4jSingle)),
        List.of(
            cost(setup, exactlyOnce),
            cost(alos, atLeastOnce),
            cost(single, List.of(singles)),
            cost(setup.withEngine(Engine.NONE), List.of(empty))),
        latencies,
        lanes,
        cameras,
        memory.orElse(null));
  }

  private List<Latency> latencies(double capacity) throws IOException, InterruptedException {
    List<Latency> latencies = new ArrayList<>();
    try (SteadyLoad steady = SteadyLoad.start("steady", laboratory, worker, setup, frames)) {
      for (double load : LOADS) {
        say("times at %.0f %% of %.0f faces/s", load * 100, capacity);
        latencies.add(steady.measure(capacity, load, plan.latencySeconds()));
      }
    }
    return latencies;
  }

  private Optional<MemoryRun> memory(double capacity) throws IOException, InterruptedException {
    if (plan.memory().isZero()) {
      return Optional.empty();
    }
    say("memory for %d minutes", plan.memory().toMinutes());
    try (ChildProcess fresh = laboratory.newWorker();
        SteadyLoad steady = SteadyLoad.start("memory", laboratory, fresh, setup, frames)) {
      return Optional.of(steady.watchMemory(capacity, HALF, plan.memory()));
    }
  }

  private Sample network(Engine engine, int threads, int batch)
      throws IOException, InterruptedException {
    return worker.ask(
        new RunNetwork(engine, threads, batch, plan.networkSeconds()),
        Sample.class,
        Duration.ofMinutes(2));
  }

  private PipelineRound pipeline(PipelineSetup setup, double expectedRate, double seconds)
      throws IOException, InterruptedException {
    long faces = Math.max(20L * setup.partitions(), Math.round(expectedRate * seconds));
    return pipeline.run(setup, faces, faces / expectedRate);
  }

  private PipelineCost grown(PipelineSetup setup, double expectedRate)
      throws IOException, InterruptedException {
    return cost(setup, List.of(pipeline(setup, expectedRate, plan.growthSeconds())));
  }

  private static Latency atHalf(List<Latency> latencies) {
    return latencies.stream().filter(latency -> latency.load() == HALF).findFirst().orElseThrow();
  }

  private static NetworkCost cost(Engine engine, int threads, int batch, List<Sample> runs) {
    return new NetworkCost(
        engine,
        threads,
        batch,
        Spread.of(runs, Sample::facesPerSecond),
        Spread.of(runs, Sample::facesPerCpuSecond),
        Spread.of(runs, run -> (double) run.allocatedBytes() / run.faces()).median());
  }

  private static PipelineCost cost(PipelineSetup setup, List<PipelineRound> rounds) {
    return new PipelineCost(
        setup,
        Spread.of(rounds, PipelineRound::facesPerSecond),
        Spread.of(rounds, PipelineRound::facesPerCpuSecond),
        PipelineRound.median(rounds));
  }

  /** Returns the spread of the ratios of what was measured in the same turn. */
  static <A, B> Spread ratio(
      List<A> above, ToDoubleFunction<A> a, List<B> below, ToDoubleFunction<B> b) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < above.size(); i++) {
      ratios.add(a.applyAsDouble(above.get(i)) / b.applyAsDouble(below.get(i)));
    }
    return Spread.of(ratios);
  }

  private void say(String what, @Nullable Object... values) {
    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    progress.printf(
        Locale.ROOT,
        "%3d:%02d %s%n",
        seconds / 60,
        seconds % 60,
        String.format(Locale.ROOT, what, values));
  }
}
