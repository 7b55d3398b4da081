// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import io.emotionstream.ingest.decode.FrameDecoder;
import io.emotionstream.ingest.decode.PictureSize;
import io.emotionstream.ingest.decode.StreamException;
import io.emotionstream.ingest.health.CameraStats;
import io.emotionstream.ingest.health.DropReason;
import io.emotionstream.ingest.video.FaceFinder;
import io.emotionstream.ingest.video.VideoFrame;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * From the decoder's current picture to the frame handler, for one connection: times it, leaves it
 * out where a newer one is there, and notices when the picture stands still. Used by one thread at
 * a time.
 */
final class PictureStep implements AutoCloseable {
  /** Longest turn that a camera takes before others have theirs. */
  static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** However much waits, a picture this often is searched. */
  private static final long SHOW_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final FrameDecoder decoder;
  private final FrameHandler frames;
  private final CameraStats stats;
  private final FaceFinder finder;
  private final CaptureClock clock;
  private final StreamTime time = new StreamTime();
  private final FrozenPicture frozen;
  private final Duration frozenAfter;
  private long number;
  private long shownAt = System.nanoTime();
  private long errors;
  private Duration elapsed = Duration.ZERO;

  /**
   * @param watched whether a picture that stands still is a fault
   */
  PictureStep(
      CameraSpec spec,
      FrameDecoder decoder,
      FrameHandler frames,
      CameraStats stats,
      Surroundings around,
      boolean watched) {
    this.decoder = decoder;
    this.frames = frames;
    this.stats = stats;
    this.clock = new CaptureClock(stats, spec.source().start());
    this.frozenAfter = watched ? spec.frozenAfter() : Duration.ZERO;
    this.frozen = new FrozenPicture(frozenAfter);
    this.finder = around.finders().open(spec.id(), spec.finder());
  }

  /** Says that packets were left out. */
  void gap() {
    decoder.reset();
  }

  /** Goes on to the decoder's current picture; returns its time on the stream. */
  Duration advance() {
    stats.picture();
    countErrors();
    elapsed = time.elapsed(decoder.pts(), decoder.microsPerFrame());
    return elapsed;
  }

  /**
   * Searches the current picture, if it is worth it.
   *
   * @param arrivedAt when its packet was read
   * @param superseded whether a newer one is there already
   * @throws StreamException if the picture stands still, or cannot be converted
   */
  void show(Instant arrivedAt, boolean superseded) throws StreamException {
    long now = System.nanoTime();
    if (superseded && now - shownAt < SHOW_NANOS) {
      stats.dropped(DropReason.SUPERSEDED);
      number++;
      return;
    }
    PictureSize size = decoder.size();
    ByteBuffer gray = decoder.gray();
    if (frozen.isFrozen(gray, now)) {
      throw new StreamException(
          "has shown exactly the same picture for %d s".formatted(frozenAfter.toSeconds()));
    }
    VideoFrame frame =
        new VideoFrame(
            number++,
            clock.capturedAt(decoder.streamClock(), arrivedAt, elapsed),
            elapsed,
            size.width(),
            size.height(),
            gray);
    frames.handle(frame, finder, size.shrink());
    shownAt = System.nanoTime(); // however long that took, the newest has its turn then
  }

  private void countErrors() {
    long now = decoder.errors();
    if (now > errors) {
      stats.decodeErrors(now - errors);
      errors = now;
    }
  }

  @Override
  public void close() {
    countErrors();
    stats.finder(finder.counts());
    stats.finderClosed();
    finder.close();
  }
}
