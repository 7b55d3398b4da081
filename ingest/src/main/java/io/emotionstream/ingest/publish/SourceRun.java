// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.publish;

import io.emotionstream.ingest.source.FaceCrop;
import io.emotionstream.ingest.source.FaceSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Shows one source on its cameras, which take turns, until it ends or is stopped; at its end, or if
 * it is stopped for good, each camera says that it has ended. Runs on one thread; another may call
 * {@link #beat} meanwhile.
 */
public final class SourceRun {
  private final FaceSource source;
  private final List<Camera> cameras;
  private final FramePublisher publisher;
  private final Pacer pacer;
  private final StopSignal stop;
  private final LongSupplier nanoTime;
  private final long heartbeatNanos;
  private final long[] shownAt;
  private boolean running;

  /**
   * @param cameras one for each camera of {@code source}
   * @param heartbeatInterval how long a camera is silent before it gives a sign of life
   * @param nanoTime monotonic clock
   */
  public SourceRun(
      FaceSource source,
      List<Camera> cameras,
      FramePublisher publisher,
      Pacer pacer,
      StopSignal stop,
      Duration heartbeatInterval,
      LongSupplier nanoTime) {
    this.source = source;
    this.cameras = List.copyOf(cameras);
    this.publisher = publisher;
    this.pacer = pacer;
    this.stop = stop;
    this.nanoTime = nanoTime;
    this.heartbeatNanos = heartbeatInterval.toNanos();
    this.shownAt = new long[cameras.size()];
  }

  /**
   * Shows everything.
   *
   * @return number of faces shown
   * @throws IOException if the source became unreadable; its cameras have ended all the same
   * @throws PublishException if the broker did not take a record; the cameras have not ended then
   */
  public long run() throws IOException, InterruptedException {
    synchronized (this) {
      Arrays.fill(shownAt, nanoTime.getAsLong());
      running = true;
    }
    try {
      return showFaces();
    } catch (IOException e) {
      endCameras();
      throw e;
    } finally {
      synchronized (this) {
        running = false;
      }
    }
  }

  private long showFaces() throws IOException, InterruptedException {
    long shown = 0;
    while (!stop.isStopped()) {
      int camera = (int) (shown % cameras.size());
      Optional<FaceCrop> crop = source.next(camera);
      if (crop.isEmpty()) {
        endCameras();
        return shown;
      }
      if (!awaitTurn()) {
        break;
      }
      show(camera, crop.get());
      shown++;
    }
    if (stop.isEnd()) {
      endCameras();
    }
    return shown;
  }

  /** Waits until it is this source's turn; returns false if it was stopped before. */
  private boolean awaitTurn() throws InterruptedException {
    long due = pacer.take(nanoTime.getAsLong());
    long wait = due - nanoTime.getAsLong();
    while (wait > 0) {
      if (stop.await(Math.min(wait, beat()))) {
        return false;
      }
      wait = due - nanoTime.getAsLong();
    }
    return !stop.isStopped();
  }

  /** In one step, so that no heartbeat that is later comes before it. */
  private synchronized void show(int camera, FaceCrop crop) {
    publisher.publish(cameras.get(camera).capture(crop));
    shownAt[camera] = nanoTime.getAsLong();
  }

  /**
   * Lets silent cameras give a sign of life, also while the source looks for its next face; does
   * nothing before and after {@link #run}.
   *
   * @return nanoseconds until the next one may be due
   */
  public synchronized long beat() {
    long now = nanoTime.getAsLong();
    long next = heartbeatNanos;
    if (!running) {
      return next;
    }
    for (int camera = 0; camera < shownAt.length; camera++) {
      long left = shownAt[camera] + heartbeatNanos - now;
      if (left <= 0) {
        publisher.publish(cameras.get(camera).heartbeat(false));
        shownAt[camera] = now;
        left = heartbeatNanos;
      }
      next = Math.min(next, left);
    }
    return next;
  }

  /** Lets each camera say that it has ended, unless something it showed was lost. */
  private synchronized void endCameras() {
    running = false;
    if (publisher.failed() > 0) {
      return;
    }
    for (Camera camera : cameras) {
      publisher.publish(camera.heartbeat(true));
    }
  }
}
