// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The processes of a run: one broker, and classifier processes as needed. */
final class Laboratory implements AutoCloseable {
  /** Heap and collector as {@code ./emotion} sets them for every stage. */
  static final List<String> WORKER_OPTIONS =
      List.of("-Xmx1500m", "-XX:+UseParallelGC", "-XX:+ExitOnOutOfMemoryError");

  private static final List<String> BROKER_OPTIONS =
      List.of("-Xmx512m", "-XX:+UseParallelGC", "-XX:+ExitOnOutOfMemoryError");
  private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

  private final Path logs;
  private final Path work;
  private final long seed;
  private final Optional<Path> model;
  private final Optional<Path> recording;
  private final ChildProcess broker;
  private final String bootstrapServers;
  private int workers;

  private Laboratory(
      Path logs,
      Path work,
      long seed,
      Optional<Path> model,
      Optional<Path> recording,
      ChildProcess broker,
      String bootstrapServers) {
    this.logs = logs;
    this.work = work;
    this.seed = seed;
    this.model = model;
    this.recording = recording;
    this.broker = broker;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts the broker.
   *
   * @param directory for logs, and for the broker's data, which is deleted in the end
   * @param model bundle, or nothing for the shipped one
   * @param recording where the first classifier process writes a flight recording
   */
  static Laboratory open(Path directory, long seed, Optional<Path> model, Optional<Path> recording)
      throws IOException, InterruptedException {
    Path logs = Files.createDirectories(directory.resolve("logs"));
    Path work = Files.createTempDirectory(Files.createDirectories(directory), "work-");
    ChildProcess broker =
        ChildProcess.start(
            "broker",
            BrokerProcess.class,
            BROKER_OPTIONS,
            List.of(work.resolve("broker").toString()),
            logs.resolve("broker.log"));
    boolean started = false;
    try {
      String bootstrapServers = broker.answer(String.class, START_TIMEOUT);
      started = true;
      return new Laboratory(logs, work, seed, model, recording, broker, bootstrapServers);
    } finally {
      if (!started) {
        broker.close();
        delete(work);
      }
    }
  }

  /** Starts a classifier process. */
  ChildProcess newWorker() throws IOException, InterruptedException {
    workers++;
    List<String> options = new ArrayList<>(WORKER_OPTIONS);
    if (workers == 1) {
      recording.ifPresent(
          file ->
              options.add(
                  "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + file));
    }
    List<String> arguments = new ArrayList<>();
    arguments.add(Long.toString(seed));
    model.ifPresent(file -> arguments.add(file.toString()));
    ChildProcess worker =
        ChildProcess.start(
            "classifier",
            WorkerProcess.class,
            options,
            arguments,
            logs.resolve("classifier-" + workers + ".log"));
    boolean started = false;
    try {
      worker.answer(String.class, START_TIMEOUT);
      started = true;
      return worker;
    } finally {
      if (!started) {
        worker.close();
      }
    }
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  /** Returns a directory for what a run keeps on disk. */
  Path directory(String name) {
    return work.resolve(name);
  }

  Duration brokerCpuTime() {
    return broker.cpuTime();
  }

  @Override
  public void close() throws IOException {
    broker.close();
    delete(work);
  }

  /** Returns the bytes of all files below {@code directory}. */
  static long size(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return 0;
    }
    try (var files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .mapToLong(
              file -> {
                try {
                  return Files.size(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .sum();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
