// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest;

import io.emotionstream.ingest.fleet.CameraSpec;
import io.emotionstream.ingest.fleet.Fleet;
import io.emotionstream.ingest.health.CameraHealth;
import io.emotionstream.ingest.health.CameraMetrics;
import io.emotionstream.ingest.health.SnapshotGrid;
import io.emotionstream.ingest.publish.Camera;
import io.emotionstream.ingest.publish.FramePublisher;
import io.emotionstream.ingest.publish.Outbox;
import io.emotionstream.ingest.publish.Pacer;
import io.emotionstream.ingest.publish.SourceRun;
import io.emotionstream.ingest.publish.StopSignal;
import io.emotionstream.ingest.source.FaceSource;
import io.emotionstream.ingest.source.SourceException;
import io.emotionstream.ingest.source.SourceSpec;
import io.emotionstream.ingest.source.VideoSpec;
import io.emotionstream.ingest.video.FaceFinderFactory;
import io.emotionstream.ingest.video.FinderSettings;
import io.emotionstream.operations.Operations;
import io.emotionstream.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * <p>A source of face crops has one thread; sources of pictures are cameras of a {@link Fleet}.
 * When a source comes to its end, and at {@link #finish()}, each of its cameras sends a heartbeat
 * that says that the camera has ended; {@link #close()} sends none, for a later run may go on. The
 * first failure, of a source or of the broker, stops everything and is kept. Safe for use by
 * several threads.
 */
public final class Ingest implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration LOOK_INTERVAL = Duration.ofMillis(100);
  private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration UNLIMITED = Duration.ofDays(365);
  private static final long MIN_BEAT_NANOS = 5_000_000;

  /** Four digits of base 36. */
  private static final int RUN_NUMBERS = 36 * 36 * 36 * 36;

  private final SkipLog skips = new SkipLog();
  private final StopSignal stop = new StopSignal();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final List<String> cameraIds = new ArrayList<>();
  private final List<FaceSource> sources = new ArrayList<>();
  private final List<SourceRun> runs = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final FramePublisher publisher;
  private final CountDownLatch running;
  private final IngestConfig config;
  private final Optional<Fleet> fleet;
  private final Outbox outbox;
  private final Producer<String, SpecificRecord> producer;
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
    this(config, topics, producer, clock, FaceFinders.usual());
  }

  Ingest(
      IngestConfig config,
      Topics topics,
      Producer<String, SpecificRecord> producer,
      InstantSource clock,
      FaceFinderFactory finders) {
    this.config = config;
    this.producer = producer;
    this.publisher = new FramePublisher(producer, topics.faceFrames().name(), this::fail);
    this.outbox = new Outbox(publisher, config.fleet().bufferBytes());
    Pacer pacer = new Pacer(config.rate());
    String run = runName(clock.instant());
    try {
      List<CameraSpec> given = openSources(run, pacer, clock);
      this.fleet =
          given.isEmpty() && config.fleet().camerasFile().isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new Fleet(
                      config.fleet(),
                      given,
                      finders,
                      id -> new Camera(id, runName(clock.instant()), clock),
                      outbox,
                      config.heartbeatInterval(),
                      clock,
                      skips));
    } catch (RuntimeException e) {
      sources.forEach(this::closeSource);
      outbox.close();
      publisher.close(Duration.ZERO);
      throw e;
    }
    fleet.ifPresent(cameras -> threads.add(new Thread(() -> showFleet(cameras), "ingest-cameras")));
    threads.forEach(thread -> thread.setDaemon(true));
    this.running = new CountDownLatch(threads.size());
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
    LOG.info("publishing on {} cameras: {}", cameraIds().size(), config);
    threads.forEach(Thread::start);
    if (!runs.isEmpty()) {
      Thread beats = new Thread(this::beat, "heartbeats");
      beats.setDaemon(true);
      beats.start();
    }
  }

  /** Returns all cameras: those of the sources, in their order, then those of the cameras file. */
  public List<String> cameraIds() {
    Set<String> ids = new LinkedHashSet<>(cameraIds);
    fleet.ifPresent(cameras -> ids.addAll(cameras.cameraIds()));
    return List.copyOf(ids);
  }

  /** Returns how each camera does whose pictures are read here. */
  public List<CameraHealth> health() {
    return fleet.map(Fleet::health).orElse(List.of());
  }

  /** Returns the mosaic of a camera's last picture, where there is one and it may be shown. */
  public Optional<SnapshotGrid> snapshot(String cameraId) {
    return fleet.flatMap(cameras -> cameras.snapshot(cameraId));
  }

  /** Returns the bytes that wait for the broker, the producer's own buffer apart. */
  public long waitingBytes() {
    return outbox.waitingBytes();
  }

  /** Adds what cameras, sources and the producer do; {@code operations} outlives this. */
  public void addTo(Operations operations) {
    operations.metrics(new CameraMetrics(this::health));
    operations.metrics(new IngestMetrics(this::counts, this::waitingBytes));
    operations.producer(producer);
    operations.live("ingest", () -> failure().map(cause -> "ingest failed: " + cause.getMessage()));
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
        publisher.lost(),
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
    fleet.ifPresent(Fleet::close);
    outbox.close();
    publisher.close(failure().isEmpty() ? CLOSE_TIMEOUT : Duration.ZERO);
  }

  /** Opens the sources of face crops; returns the cameras among the sources. */
  private List<CameraSpec> openSources(String run, Pacer pacer, InstantSource clock) {
    List<CameraSpec> given = new ArrayList<>();
    int position = 0;
    for (SourceSpec spec : config.specs()) {
      if (spec instanceof VideoSpec video) {
        given.add(camera(video));
      } else if (spec instanceof SourceSpec.Crops crops) {
        FaceSource source = crops.open(position, config.cameras(), skips);
        sources.add(source);
        open(crops.uri(), source, run, pacer, clock);
      }
      position++;
    }
    return given;
  }

  private void open(String uri, FaceSource source, String run, Pacer pacer, InstantSource clock) {
    List<Camera> cameras =
        IntStream.range(0, source.cameras())
            .mapToObj(camera -> new Camera(nextCameraId(), run, clock))
            .toList();
    SourceRun sourceRun =
        new SourceRun(
            source, cameras, publisher, pacer, stop, config.heartbeatInterval(), System::nanoTime);
    runs.add(sourceRun);
    threads.add(new Thread(() -> show(uri, source, sourceRun), "ingest-" + (threads.size() + 1)));
  }

  private CameraSpec camera(VideoSpec video) {
    checkIsThere(video);
    FinderSettings usual = config.fleet().finder();
    boolean still = video.kind() == VideoSpec.Kind.STILLS;
    FinderSettings finder =
        new FinderSettings(
            usual.detectionInterval(),
            usual.minFaceSize(),
            usual.facesPerSecond(),
            usual.region(),
            usual.excludedZones(),
            still);
    return new CameraSpec(
        nextCameraId(),
        video,
        finder,
        config.fleet().dropPolicyOf(video),
        CameraSpec.DEFAULT_FROZEN_AFTER,
        true);
  }

  private String nextCameraId() {
    String id = config.cameraPrefix() + (cameraIds.size() + 1);
    cameraIds.add(id);
    return id;
  }

  /** A file that is missing is told before the start, as of every source. */
  private static void checkIsThere(VideoSpec video) {
    Path path = Path.of(video.isLive() ? "" : video.target());
    if (video.kind() == VideoSpec.Kind.FILE && !Files.isRegularFile(path)) {
      throw new SourceException(
          video.uri(), "there is no file " + path.toAbsolutePath() + "; name a video", null);
    }
    if (video.kind() == VideoSpec.Kind.STILLS && !Files.isDirectory(path)) {
      throw new SourceException(
          video.uri(),
          "there is no directory " + path.toAbsolutePath() + "; name one with photos",
          null);
    }
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
        String skipped = skips.counts().isEmpty() ? "it is empty" : skips.counts().toString();
        throw new SourceException(uri, "holds no usable face; " + skipped, null);
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

  /** Runs the cameras until they have ended or are to stop; all they showed is stored then. */
  private void showFleet(Fleet cameras) {
    try {
      cameras.start();
      while (!cameras.isDone() && !stop.await(LOOK_INTERVAL.toNanos())) {
        // Cameras run by themselves.
      }
      cameras.failure().ifPresent(why -> fail(new SourceException(why, "no camera is left", null)));
      boolean last = stop.isEnd() && failure().isEmpty();
      cameras.stop(last);
      outbox.drain(last || !stop.isStopped() ? UNLIMITED : DRAIN_TIMEOUT);
      publisher.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(e);
    } catch (RuntimeException | Error e) {
      fail(e);
    } finally {
      running.countDown();
    }
  }

  /** Lets the cameras of face crops give signs of life while a source is busy. */
  private void beat() {
    try {
      long wait = config.heartbeatInterval().toNanos();
      while (running.getCount() > 0 && !stop.await(Math.max(MIN_BEAT_NANOS, wait))) {
        wait = runs.stream().mapToLong(SourceRun::beat).min().orElse(wait);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      fail(e); // a heartbeat that the broker did not take
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
      sources.forEach(this::closeSource);
      while (running.getCount() > 0) {
        running.countDown();
      }
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
