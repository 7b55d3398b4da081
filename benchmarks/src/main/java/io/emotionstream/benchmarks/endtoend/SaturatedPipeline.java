// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import io.emotionstream.benchmarks.endtoend.Question.AwaitFaces;
import io.emotionstream.benchmarks.endtoend.Question.StartStream;
import io.emotionstream.benchmarks.endtoend.Question.StopStream;
import io.emotionstream.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * Lets the stream eat a backlog as fast as it can and checks that it came out whole.
 *
 * <p>Measured is the part after the first {@value #WARM_UP} of the faces and before the last
 * {@value #TAIL}: in it every thread has work. Each round is an application of its own that reads
 * the same frames from the start, so they are published once.
 */
final class SaturatedPipeline {
  private static final double WARM_UP = 0.15;
  private static final double TAIL = 0.15;
  private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration STOP_TIMEOUT = Duration.ofMinutes(1);

  /** As in the product. */
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Laboratory laboratory;
  private final ChildProcess worker;
  private final Frames frames;
  private final Map<String, Backlog> backlogs = new HashMap<>();
  private int rounds;

  SaturatedPipeline(Laboratory laboratory, ChildProcess worker, Frames frames) {
    this.laboratory = laboratory;
    this.worker = worker;
    this.frames = frames;
  }

  /** Makes the stream of {@code setup} ready to read the topics of {@code topics}. */
  static void start(
      Laboratory laboratory,
      ChildProcess worker,
      PipelineSetup setup,
      Topics topics,
      String applicationId,
      Duration window,
      Duration grace)
      throws IOException, InterruptedException {
    worker.ask(
        new StartStream(
            topics.prefix(),
            topics.partitions(),
            setup.engine(),
            setup.threads(),
            setup.maxBatch(),
            window.toMillis(),
            grace.toMillis(),
            Map.of(
                "bootstrap.servers",
                laboratory.bootstrapServers(),
                "application.id",
                applicationId,
                "state.dir",
                laboratory.directory(applicationId).toString(),
                "processing.guarantee",
                setup.guarantee())),
        Boolean.class,
        START_TIMEOUT);
  }

  /**
   * Runs once.
   *
   * @param faces to lay out and classify
   * @param expectedSeconds about how long that takes; many times as long is a failure
   * @throws IOException if it takes too long, or not every frame has one event and is in one window
   */
  PipelineRound run(PipelineSetup setup, long faces, double expectedSeconds)
      throws IOException, InterruptedException {
    Backlog backlog = backlog(setup, faces);
    String applicationId = "bench-" + ++rounds;
    try (Ledger ledger = Ledger.open(laboratory.bootstrapServers(), backlog.topics());
        Admin admin = Admin.create(Map.of("bootstrap.servers", laboratory.bootstrapServers()))) {
      Map<String, Long> before = Ledger.bytes(admin);
      start(laboratory, worker, setup, backlog.topics(), applicationId, WINDOW, GRACE);
      double patience = 60 + 10 * expectedSeconds;
      Sample first = await(Math.round(faces * WARM_UP), patience);
      Duration brokerFirst = laboratory.brokerCpuTime();
      Sample last = await(Math.round(faces * (1 - TAIL)), patience);
      Duration brokerCpu = laboratory.brokerCpuTime().minus(brokerFirst);
      await(faces, patience);
      ledger.awaitBalance(faces);
      worker.ask(new StopStream(), Boolean.class, STOP_TIMEOUT);
      Ledger.Entries entries = ledger.readToEnd();
      if (!entries.balance(faces)) {
        throw new IOException("of %d faces came out %s in %s".formatted(faces, entries, setup));
      }
      Path state = laboratory.directory(applicationId);
      PipelineRound round =
          round(
              last.minus(first),
              brokerCpu,
              faces,
              entries,
              Written.of(before, Ledger.bytes(admin), applicationId, backlog.topics()),
              state);
      Laboratory.delete(state);
      return round;
    }
  }

  /**
   * Bytes that a round has added to topics.
   *
   * @param waiting on the changelog of frames that wait
   * @param windows on all other changelogs of the application
   * @param events on emotion-events
   */
  private record Written(double waiting, double windows, double events) {
    static Written of(
        Map<String, Long> before, Map<String, Long> after, String applicationId, Topics topics) {
      String waiting = applicationId + "-waiting-frames-changelog";
      double waitingBytes = 0;
      double windowsBytes = 0;
      double eventBytes = 0;
      for (Map.Entry<String, Long> topic : after.entrySet()) {
        String name = topic.getKey();
        long added = topic.getValue() - before.getOrDefault(name, 0L);
        if (name.equals(waiting)) {
          waitingBytes += added;
        } else if (name.startsWith(applicationId + "-") && name.endsWith("-changelog")) {
          windowsBytes += added;
        } else if (name.equals(topics.emotionEvents().name())) {
          eventBytes += added;
        }
      }
      return new Written(waitingBytes, windowsBytes, eventBytes);
    }
  }

  private static PipelineRound round(
      Sample sample,
      Duration brokerCpu,
      long faces,
      Ledger.Entries entries,
      Written written,
      Path state)
      throws IOException {
    double cpu = sample.cpuNanos();
    double network = sample.networkNanos() / cpu;
    double stream = (sample.streamNanos() - sample.networkNanos()) / cpu;
    double client = sample.clientNanos() / cpu;
    return new PipelineRound(
        sample.faces(),
        sample.facesPerSecond(),
        sample.facesPerCpuSecond(),
        brokerCpu.toNanos() / 1e3 / sample.faces(),
        (double) sample.faces() / sample.batches(),
        network,
        stream,
        client,
        Math.max(0, 1 - network - stream - client),
        (double) sample.allocatedBytes() / sample.faces(),
        written.waiting / faces,
        written.windows / faces,
        written.events / faces,
        Laboratory.size(state),
        entries.windows());
  }

  private Sample await(long faces, double patience) throws IOException, InterruptedException {
    return worker.ask(
        new AwaitFaces(faces, patience),
        Sample.class,
        Duration.ofMillis((long) (patience * 1000)).plusSeconds(10));
  }

  private Backlog backlog(PipelineSetup setup, long faces)
      throws IOException, InterruptedException {
    String prefix = "p%d-c%d-f%d-".formatted(setup.partitions(), setup.cameras(), faces);
    Backlog known = backlogs.get(prefix);
    if (known == null) {
      Topics topics = new Topics(prefix, setup.partitions(), (short) 1);
      known =
          Backlog.publish(laboratory.bootstrapServers(), topics, setup.cameras(), faces, frames);
      backlogs.put(prefix, known);
    }
    return known;
  }
}
