// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest;

import io.emotionstream.ingest.publish.Camera;
import io.emotionstream.ingest.publish.FramePublisher;
import io.emotionstream.ingest.publish.Pacer;
import io.emotionstream.ingest.publish.SourceRun;
import io.emotionstream.ingest.publish.StopSignal;
import io.emotionstream.ingest.source.FaceSource;
import io.emotionstream.ingest.source.SourceException;
import io.emotionstream.ingest.source.SourceSpec;
import io.emotionstream.schemas.Topics;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the faces of all sources as the frames of cameras {@code cam-1}, {@code cam-2} and so
 * on, which are dealt out to the sources in their order; {@link IngestConfig#cameraPrefix} may name
 * them otherwise.
 *
 * <p>A source has one thread. When it comes to its end, and at {@link #finish()}, each of its
 * cameras sends a heartbeat that says that the camera has ended; {@link #close()} sends none, for a
 * later run may go on. The first failure, of a source or of the broker, stops everything and is
 * kept. Safe for use by several threads.
 */
public final class Ingest implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  /** Four digits of base 36. */
  private static final int RUN_NUMBERS = 36 * 36 * 36 * 36;

  private final SkipLog skips = new SkipLog();
  private final StopSignal stop = new StopSignal();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final List<String> cameraIds = new ArrayList<>();
  private final List<FaceSource> sources;
  private final List<Thread> threads = new ArrayList<>();
  private final FramePublisher publisher;
  private final CountDownLatch running;
  private final IngestConfig config;
  private boolean started;

  /**
   * Opens every source, but publishes nothing yet.
   *
   * @param kafkaSettings raw settings of the Kafka producer without the prefix {@code kafka.}; they
   *     override the ones set here, {@code bootstrap.servers} is required
   * @throws SourceException if a source cannot be opened
   * @throws IllegalArgumentException if {@code bootstrap.servers} is missing
   * @throws org.apache.kafka.common.KafkaException if a Kafka setting is invalid
   */
  public Ingest(
      IngestConfig config, Topics topics, Map<String, Object> kafkaSettings, InstantSource clock) {
    this(config, topics, FrameProducer.create(kafkaSettings), clock);
  }

  Ingest(
      IngestConfig config,
      Topics topics,
      Producer<String, SpecificRecord> producer,
      InstantSource clock) {
    this.config = config;
    this.publisher = new FramePublisher(producer, topics.faceFrames().name(), this::fail);
    this.running = new CountDownLatch(config.sources().size());
    this.sources = openSources(config);
    Pacer pacer = new Pacer(config.rate());
    String run = runName(clock.instant());
    for (int i = 0; i < sources.size(); i++) {
      FaceSource source = sources.get(i);
      List<Camera> cameras = cameras(source.cameras(), run, clock);
      SourceRun sourceRun =
          new SourceRun(
              source,
              cameras,
              publisher,
              pacer,
              stop,
              config.heartbeatInterval(),
              System::nanoTime);
      String uri = config.sources().get(i);
      Thread thread = new Thread(() -> show(uri, source, sourceRun), "ingest-" + (i + 1));
      thread.setDaemon(true);
      threads.add(thread);
    }
  }

  /**
   * Starts to publish and returns.
   *
   * @throws IllegalStateException if it was started or finished before
   */
  public synchronized void start() {
    if (started) {
      throw new IllegalStateException("ingest can be started once, and not after it was finished");
    }
    started = true;
    LOG.info(
        "publishing {} on {} cameras at {} faces/s, heartbeat after {}",
        config.sources(),
        cameraIds.size(),
        config.rate().isPresent() ? config.rate().getAsDouble() : "unlimited",
        config.heartbeatInterval());
    threads.forEach(Thread::start);
  }

  /** Returns all cameras, in the order of the sources. */
  public List<String> cameraIds() {
    return List.copyOf(cameraIds);
  }

  /** Returns whether every source has ended or was stopped and all it showed is acknowledged. */
  public boolean isDone() {
    return running.getCount() == 0 && failure().isEmpty();
  }

  /**
   * Waits until {@link #isDone()}.
   *
   * @return false if {@code timeout} passed before, or the thread was interrupted
   * @throws IllegalStateException if ingest failed, with the cause
   */
  public boolean awaitDone(Duration timeout) {
    try {
      boolean ended = running.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
      failure()
          .ifPresent(
              cause -> {
                throw new IllegalStateException("ingest failed: " + cause.getMessage(), cause);
              });
      return ended;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Stops reading, lets every camera end and waits until all is acknowledged; idempotent.
   *
   * <p>While the broker is away this takes as long as the producer's {@code delivery.timeout.ms}.
   */
  public void finish() {
    stop.end();
    stop();
    threads.forEach(thread -> join(thread, 0));
  }

  /** Returns the first failure: of a source that became unreadable, or of a send. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  /** Returns what has happened so far. */
  public IngestCounts counts() {
    return new IngestCounts(
        publisher.published(),
        publisher.acknowledged(),
        publisher.failed(),
        publisher.heartbeats(),
        skips.counts(),
        skips.first());
  }

  /**
   * Stops reading and flushes, but gives up after some seconds where the broker does not answer;
   * idempotent. Cameras that were not at their end may go on in a later run: their windows stay
   * open.
   */
  @Override
  public void close() {
    stop();
    for (Thread thread : threads) {
      join(thread, CLOSE_TIMEOUT.toMillis());
      thread.interrupt(); // only one that the broker holds up is still there
    }
    publisher.close(failure().isEmpty() ? CLOSE_TIMEOUT : Duration.ZERO);
  }

  private List<FaceSource> openSources(IngestConfig config) {
    List<FaceSource> sources = new ArrayList<>();
    try {
      for (SourceSpec spec : config.specs()) {
        sources.add(spec.open(sources.size(), config.cameras(), skips));
      }
      return sources;
    } catch (RuntimeException e) {
      sources.forEach(this::closeSource);
      publisher.close(Duration.ZERO);
      throw e;
    }
  }

  private List<Camera> cameras(int count, String run, InstantSource clock) {
    List<Camera> cameras =
        IntStream.range(0, count)
            .mapToObj(i -> config.cameraPrefix() + (cameraIds.size() + i + 1))
            .map(id -> new Camera(id, run, clock))
            .toList();
    cameras.forEach(camera -> cameraIds.add(camera.id()));
    return cameras;
  }

  /** Returns the start in base 36 and what tells runs apart that start in the same millisecond. */
  private static String runName(Instant start) {
    int number = RUN_NUMBERS + new SecureRandom().nextInt(RUN_NUMBERS);
    String digits = Integer.toString(number, 36).substring(1);
    return Long.toString(start.toEpochMilli(), 36) + "-" + digits;
  }

  private void show(String uri, FaceSource source, SourceRun run) {
    try {
      long shown = run.run();
      publisher.flush();
      if (shown == 0 && !stop.isStopped()) {
        throw new SourceException(uri, "holds no usable face; " + skips.counts(), null);
      }
      LOG.info("source {} ended after {} faces", uri, shown);
    } catch (IOException e) {
      fail(new SourceException(uri, "became unreadable: " + e.getMessage(), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(e);
    } catch (RuntimeException | Error e) {
      fail(e);
    } finally {
      closeSource(source);
      running.countDown();
    }
  }

  private void fail(Throwable cause) {
    if (failure.compareAndSet(null, cause)) {
      LOG.error("ingest failed: {}", cause.toString());
    }
    stop.stop();
  }

  private void closeSource(FaceSource source) {
    try {
      source.close();
    } catch (IOException e) {
      LOG.warn("cannot close a source: {}", e.getMessage());
    }
  }

  /** Tells all threads to stop; where there are none yet, does their closing work. */
  private synchronized void stop() {
    stop.stop();
    if (!started) {
      started = true;
      sources.forEach(
          source -> {
            closeSource(source);
            running.countDown();
          });
    }
  }

  /** Waits for a thread; 0 ms is as long as it takes. */
  private static void join(Thread thread, long millis) {
    try {
      thread.join(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
