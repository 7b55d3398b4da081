// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import io.emotionstream.ingest.decode.StreamException;
import io.emotionstream.ingest.health.CameraState;
import io.emotionstream.ingest.health.CameraStats;
import io.emotionstream.ingest.source.Secrets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A camera that is a {@link Recording}. It loses nothing: while the broker is away it pauses. One
 * that cannot be read has failed, and says why; the others go on.
 */
final class RecordedCamera implements FleetCamera {
  private static final Logger LOG = LoggerFactory.getLogger(RecordedCamera.class);

  /** Pause while too much waits for the broker. */
  private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final CameraSpec spec;
  private final FrameHandler frames;
  private final CameraStats stats;
  private final Surroundings around;
  private final Recording recording;
  private final SerialTask task;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile boolean stopped;
  private volatile boolean endOnStop;
  private boolean opened;

  RecordedCamera(
      CameraSpec spec,
      FrameHandler frames,
      CameraStats stats,
      Surroundings around,
      Recording recording) {
    this.spec = spec;
    this.frames = frames;
    this.stats = stats;
    this.around = around;
    this.recording = recording;
    this.task = new SerialTask(around.pool(), "camera " + spec.id(), this::turn);
  }

  @Override
  public CameraSpec spec() {
    return spec;
  }

  @Override
  public CameraStats stats() {
    return stats;
  }

  @Override
  public FrameHandler frames() {
    return frames;
  }

  @Override
  public void start() {
    task.wake();
  }

  @Override
  public void stop(boolean ended) {
    endOnStop = ended;
    stopped = true;
    task.wake();
  }

  @Override
  public void leave() {
    frames.leave(endOnStop);
  }

  @Override
  public boolean awaitDone(long nanos) throws InterruptedException {
    return done.await(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public boolean isDone() {
    return done.getCount() == 0;
  }

  private long turn() {
    if (isDone()) {
      return SerialTask.SLEEP;
    }
    try {
      return read();
    } catch (StreamException | RuntimeException | LinkageError | OutOfMemoryError e) {
      String problem =
          e instanceof StreamException
              ? String.valueOf(e.getMessage())
              : "cannot be searched: " + e;
      stats.error(problem);
      LOG.error("camera {}: {} {}", spec.id(), spec.source().maskedUri(), Secrets.mask(problem));
      finish(CameraState.FAILED, stats.pictures() > 0);
      return SerialTask.SLEEP;
    }
  }

  private long read() throws StreamException {
    if (!opened && !stopped) {
      recording.open(this);
      opened = true;
      stats.state(CameraState.RUNNING);
    }
    long end = System.nanoTime() + PictureStep.TURN_NANOS;
    while (!stopped) {
      if (around.outbox().isBusy()) {
        return BUSY_NANOS;
      }
      long wait = recording.next(this);
      if (wait == Recording.END) {
        finish(CameraState.ENDED, true);
        return SerialTask.SLEEP;
      }
      if (wait > 0 || System.nanoTime() - end >= 0) {
        return wait;
      }
    }
    finish(CameraState.ENDED, endOnStop);
    return SerialTask.SLEEP;
  }

  private void finish(CameraState state, boolean ended) {
    recording.close();
    stats.state(state);
    if (ended) {
      frames.end();
    }
    done.countDown();
  }
}
