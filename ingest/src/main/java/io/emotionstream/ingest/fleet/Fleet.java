// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import io.emotionstream.ingest.health.CameraHealth;
import io.emotionstream.ingest.health.CameraState;
import io.emotionstream.ingest.health.CameraStats;
import io.emotionstream.ingest.health.SnapshotGrid;
import io.emotionstream.ingest.publish.Camera;
import io.emotionstream.ingest.publish.Outbox;
import io.emotionstream.ingest.source.Secrets;
import io.emotionstream.ingest.source.SkipListener;
import io.emotionstream.ingest.source.VideoSpec;
import io.emotionstream.ingest.video.FaceFinderFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All cameras of a run: those that were given, which stay, and those of a {@code cameras.yml},
 * which come, change and go with it. Safe for use by several threads.
 */
public final class Fleet implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);
  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(8);

  private final FleetConfig config;
  private final Outbox outbox;
  private final Duration heartbeatInterval;
  private final Identities identities;
  private final ScheduledThreadPoolExecutor pool;
  private final Surroundings around;
  private final Optional<CamerasFile> file;
  private final Map<String, FleetCamera> cameras = new LinkedHashMap<>();
  private final List<String> fixed;
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Thread watcher;
  private volatile List<CameraSpec> wanted;

  /**
   * Reads the file of cameras, but opens no camera yet.
   *
   * @param given cameras beside those of the file
   * @param identities makes the identity under which a camera publishes; one that is asked for
   *     again, long after that camera went away, shares no frame id with the first
   * @param outbox where records go; closed by whoever made it
   * @throws IllegalArgumentException if something is wrong in the file, or an id is used twice
   */
  public Fleet(
      FleetConfig config,
      List<CameraSpec> given,
      FaceFinderFactory finders,
      Function<String, Camera> identities,
      Outbox outbox,
      Duration heartbeatInterval,
      InstantSource clock,
      SkipListener skips) {
    this.config = config;
    this.outbox = outbox;
    this.identities = new Identities(identities);
    this.heartbeatInterval = heartbeatInterval;
    this.file = config.camerasFile().map(path -> new CamerasFile(path, config));
    this.fixed = given.stream().map(CameraSpec::id).toList();
    this.wanted = new ArrayList<>(given);
    if (file.isPresent()) {
      try {
        wanted = withFixed(given, file.get().read());
      } catch (IOException e) {
        throw new IllegalArgumentException(
            "the file of cameras cannot be read: " + e.getMessage(), e);
      }
    }
    AtomicInteger number = new AtomicInteger();
    this.pool =
        new ScheduledThreadPoolExecutor(
            config.workers(),
            turn -> {
              Thread thread = new Thread(turn, "worker-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    this.around = new Surroundings(pool, finders, outbox, clock, new Random(), skips);
  }

  /** Opens the cameras, and from then on those of the file as it changes. */
  public void start() {
    apply(wanted);
    if (file.isPresent()) {
      Thread thread = new Thread(() -> watch(file.get(), config.camerasFile().orElseThrow()));
      thread.setName("cameras-file");
      thread.setDaemon(true);
      watcher = thread;
      thread.start();
    }
  }

  /** Returns the ids of the cameras that are wanted now. */
  public List<String> cameraIds() {
    return wanted.stream().filter(CameraSpec::enabled).map(CameraSpec::id).toList();
  }

  /** Returns whether every camera has come to its end, and none can come. */
  public boolean isDone() {
    return file.isEmpty() && current().stream().allMatch(FleetCamera::isDone);
  }

  /** Returns how each camera does, in the order in which they came. */
  public List<CameraHealth> health() {
    return current().stream().map(FleetCamera::stats).map(CameraStats::health).toList();
  }

  /** Returns the mosaic of a camera's last picture, where there is one and it may be shown. */
  public Optional<SnapshotGrid> snapshot(String cameraId) {
    synchronized (cameras) {
      return Optional.ofNullable(cameras.get(cameraId)).flatMap(c -> c.frames().snapshot());
    }
  }

  /** Returns why all cameras failed, where all did: then there is nothing to wait for. */
  public Optional<String> failure() {
    Collection<FleetCamera> all = current();
    if (file.isPresent() || all.isEmpty()) {
      return Optional.empty();
    }
    List<CameraStats> failed =
        all.stream()
            .map(FleetCamera::stats)
            .filter(stats -> stats.state() == CameraState.FAILED)
            .toList();
    return failed.size() < all.size()
        ? Optional.empty()
        : Optional.of(failed.get(0).health().source() + " " + failed.get(0).lastError());
  }

  /**
   * Stops all cameras and waits for them, some seconds at most.
   *
   * @param ended whether they are to say that no more follows
   */
  public void stop(boolean ended) throws InterruptedException {
    stopWatching();
    Collection<FleetCamera> all = current();
    all.forEach(camera -> camera.stop(ended));
    awaitStopped(all);
  }

  /** Waits, some seconds for all together; who has not stopped then publishes nothing more. */
  private static void awaitStopped(Collection<FleetCamera> stopping) throws InterruptedException {
    long end = System.nanoTime() + STOP_TIMEOUT.toNanos();
    for (FleetCamera camera : stopping) {
      if (!camera.awaitDone(Math.max(0, end - System.nanoTime()))) {
        camera.leave();
        LOG.warn(
            "camera {} does not stop within {} s and is left behind: it publishes nothing more, and"
                + " is freed when what it waits for answers (a name server, a disk) or this"
                + " machine has time for it",
            camera.spec().id(),
            STOP_TIMEOUT.toSeconds());
      }
    }
  }

  /** Stops all cameras, which do not say that they have ended. Idempotent. */
  @Override
  public void close() {
    try {
      stop(false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    pool.shutdownNow();
  }

  private void stopWatching() throws InterruptedException {
    closed.countDown();
    Thread thread = watcher;
    if (thread != null) {
      thread.join();
    }
  }

  private List<FleetCamera> current() {
    synchronized (cameras) {
      return List.copyOf(cameras.values());
    }
  }

  private void watch(CamerasFile file, Path path) {
    FileMark seen = FileMark.of(path);
    try {
      while (!closed.await(LOOK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        FileMark now = FileMark.of(path);
        if (!now.equals(seen)) {
          seen = now;
          reload(file);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void reload(CamerasFile file) throws InterruptedException {
    try {
      List<CameraSpec> given = wanted.stream().filter(spec -> fixed.contains(spec.id())).toList();
      List<CameraSpec> next = withFixed(given, file.read());
      removeAndChange(next);
      wanted = next;
      apply(next);
    } catch (IOException | RuntimeException e) { // whatever it is, the file is looked at again
      LOG.error("cameras stay as they were: {}", Secrets.mask(String.valueOf(e.getMessage())));
    }
  }

  /** Stops the cameras that are gone or that changed; those that did neither notice nothing. */
  private void removeAndChange(List<CameraSpec> next) throws InterruptedException {
    List<FleetCamera> going = new ArrayList<>();
    for (FleetCamera camera : current()) {
      CameraSpec spec = camera.spec();
      if (next.contains(spec) && spec.enabled()) {
        continue;
      }
      Optional<CameraSpec> successor =
          next.stream().filter(other -> other.id().equals(spec.id())).findFirst();
      boolean stays = successor.filter(CameraSpec::enabled).isPresent();
      LOG.info(
          "camera {}: is {}",
          spec.id(),
          stays ? "changed" : successor.isPresent() ? "disabled" : "removed");
      camera.stop(!stays);
      going.add(camera);
    }
    awaitStopped(going);
    for (FleetCamera camera : going) {
      synchronized (cameras) {
        cameras.remove(camera.spec().id());
        identities.release(camera.spec().id());
      }
    }
  }

  private void apply(List<CameraSpec> specs) {
    for (CameraSpec spec : specs) {
      synchronized (cameras) {
        if (!spec.enabled() || cameras.containsKey(spec.id())) {
          continue;
        }
        FleetCamera camera = create(spec);
        cameras.put(spec.id(), camera);
        LOG.info("camera {}: opens {}", spec.id(), spec.source().maskedUri());
        camera.start();
      }
    }
  }

  private FleetCamera create(CameraSpec spec) {
    Camera identity = identities.open(spec.id()); // numbers and times go on
    CameraStats stats = new CameraStats(spec.id(), spec.source().uri(), System::nanoTime);
    FrameHandler frames =
        new FrameHandler(spec, identity, outbox, stats, heartbeatInterval, config.snapshots());
    if (spec.source().isLive()) {
      return new LiveCamera(spec, frames, stats, around);
    }
    Recording recording =
        spec.source().kind() == VideoSpec.Kind.STILLS
            ? new StillPhotos(spec, around)
            : new FileCamera(spec, around);
    return new RecordedCamera(spec, frames, stats, around, recording);
  }

  private static List<CameraSpec> withFixed(List<CameraSpec> given, List<CameraSpec> read) {
    List<CameraSpec> all = new ArrayList<>(given);
    for (CameraSpec spec : read) {
      if (given.stream().anyMatch(other -> other.id().equals(spec.id()))) {
        throw new IllegalArgumentException(
            "camera id '%s' of the file is that of a --source, choose another"
                .formatted(spec.id()));
      }
      all.add(spec);
    }
    return all;
  }
}
