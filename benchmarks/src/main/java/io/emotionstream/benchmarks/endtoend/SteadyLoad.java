// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import io.emotionstream.benchmarks.endtoend.BenchReport.Latency;
import io.emotionstream.benchmarks.endtoend.BenchReport.MemoryPoint;
import io.emotionstream.benchmarks.endtoend.BenchReport.MemoryRun;
import io.emotionstream.benchmarks.endtoend.OpenLoop.Sending;
import io.emotionstream.benchmarks.endtoend.Question.StopStream;
import io.emotionstream.benchmarks.endtoend.Question.TakeSample;
import io.emotionstream.schemas.Topics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The stream under a load below its capacity: times from frame to event and to window, and memory.
 */
final class SteadyLoad implements AutoCloseable {
  /** Windows are shorter than in the product, so that many close in a short run. */
  static final Duration WINDOW = Duration.ofSeconds(2);

  static final Duration GRACE = Duration.ofMillis(500);

  private static final double WARM_UP_SECONDS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration MEMORY_EVERY = Duration.ofSeconds(5);
  private static final double MEGABYTE = 1 << 20;

  private final ChildProcess worker;
  private final OpenLoop generator;
  private final LatencyProbe probe;
  private long sent;

  private SteadyLoad(ChildProcess worker, OpenLoop generator, LatencyProbe probe) {
    this.worker = worker;
    this.generator = generator;
    this.probe = probe;
  }

  /** Starts the stream on topics of its own. */
  static SteadyLoad start(
      String name, Laboratory laboratory, ChildProcess worker, PipelineSetup setup, Frames frames)
      throws IOException, InterruptedException {
    Topics topics = new Topics(name + "-", setup.partitions(), (short) 1);
    String bootstrapServers = laboratory.bootstrapServers();
    Backlog.create(bootstrapServers, topics);
    SaturatedPipeline.start(laboratory, worker, setup, topics, "bench-" + name, WINDOW, GRACE);
    List<String> cameras = Frames.cameras(setup.cameras(), setup.partitions());
    LatencyProbe probe = LatencyProbe.start(bootstrapServers, topics, GRACE);
    return new SteadyLoad(worker, new OpenLoop(bootstrapServers, topics, cameras, frames), probe);
  }

  /**
   * Measures times.
   *
   * @param capacity faces a second that the stream can do at most
   * @param load share of it to send
   */
  Latency measure(double capacity, double load, double seconds)
      throws IOException, InterruptedException {
    double rate = Math.max(1, capacity * load);
    probe.measureFrom(Instant.MAX);
    send(rate, Duration.ofMillis((long) (WARM_UP_SECONDS * 1000)));
    probe.measureFrom(Instant.now());
    Sending sending = send(rate, Duration.ofMillis((long) (seconds * 1000)));
    await();
    return new Latency(
        load,
        rate,
        probe.measured(),
        probe.frameToEvent(),
        probe.frameToWindow(),
        probe.windowDelay(),
        sending.latest().toNanos() / 1e6);
  }

  /** Watches the memory of the classifier process. */
  MemoryRun watchMemory(double capacity, double load, Duration time)
      throws IOException, InterruptedException {
    double rate = Math.max(1, capacity * load);
    AtomicReference<IOException> failure = new AtomicReference<>();
    Thread sender =
        new Thread(
            () -> {
              try {
                send(rate, time);
              } catch (IOException e) {
                failure.set(e);
              }
            },
            "generator");
    sender.start();
    List<MemoryPoint> points = new ArrayList<>();
    long start = System.nanoTime();
    while (sender.isAlive()) {
      Sample.Memory memory = worker.ask(new TakeSample(), Sample.class, PATIENCE).memory();
      points.add(point((System.nanoTime() - start) / 1e9, memory));
      sender.join(MEMORY_EVERY.toMillis());
    }
    if (failure.get() != null) {
      throw failure.get();
    }
    await();
    List<MemoryPoint> second = points.subList(points.size() / 2, points.size());
    return new MemoryRun(
        load,
        rate,
        time.toSeconds() / 60.0,
        60 * Slope.of(second, MemoryPoint::seconds, MemoryPoint::resident),
        60
            * Slope.of(
                second, MemoryPoint::seconds, point -> point.resident() - point.heapCommitted()),
        points.get(points.size() - 1).resident(),
        points);
  }

  private Sending send(double rate, Duration time) throws IOException {
    Sending sending = generator.send(rate, time);
    sent += sending.frames();
    return sending;
  }

  private void await() throws IOException, InterruptedException {
    try {
      probe.await(sent, PATIENCE);
    } catch (TimeoutException e) {
      throw new IOException("under a steady load " + e.getMessage(), e);
    }
  }

  private static MemoryPoint point(double seconds, Sample.Memory memory) {
    return new MemoryPoint(
        seconds,
        memory.resident() / MEGABYTE,
        memory.heapUsed() / MEGABYTE,
        memory.heapCommitted() / MEGABYTE,
        memory.nonHeap() / MEGABYTE,
        memory.direct() / MEGABYTE,
        memory.arrays() / MEGABYTE);
  }

  @Override
  public void close() throws IOException {
    generator.close();
    probe.close();
    try {
      worker.ask(new StopStream(), Boolean.class, PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
