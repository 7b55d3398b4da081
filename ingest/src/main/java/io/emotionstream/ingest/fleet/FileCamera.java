// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import io.emotionstream.ingest.decode.FrameDecoder;
import io.emotionstream.ingest.decode.Interrupt;
import io.emotionstream.ingest.decode.Packet;
import io.emotionstream.ingest.decode.StreamException;
import io.emotionstream.ingest.decode.StreamInput;
import io.emotionstream.ingest.decode.StreamRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A recording, once or again and again: as fast as it goes, or, where it is to play in real time,
 * no faster; then a picture that comes too late gives way to the next, if that is the camera's
 * policy. Used by one thread at a time.
 */
final class FileCamera implements Recording {
  /** A picture that is later than this is left out, in real time. */
  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** Longest wait before it is looked again whether to stop. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final CameraSpec spec;
  private final Surroundings around;
  private final Interrupt interrupt = new Interrupt();
  private final boolean givesWay;
  private @Nullable StreamInput input;
  private @Nullable FrameDecoder decoder;
  private @Nullable PictureStep step;
  private boolean atEnd;
  private boolean hasPicture;
  private boolean pictureWaits;
  private long playsFrom;
  private Instant readAt = Instant.EPOCH;
  private Duration elapsed = Duration.ZERO;

  FileCamera(CameraSpec spec, Surroundings around) {
    this.spec = spec;
    this.around = around;
    this.givesWay = spec.dropPolicy() == DropPolicy.LATEST_WINS;
  }

  @Override
  public void open(RecordedCamera camera) throws StreamException {
    atEnd = false;
    hasPicture = false;
    camera.frames().connected();
    StreamRequest request = StreamRequest.file(spec.source().target());
    StreamInput opened = StreamInput.open(request, interrupt, around.clock());
    input = opened;
    FrameDecoder newDecoder = opened.newDecoder();
    decoder = newDecoder;
    step = new PictureStep(spec, newDecoder, camera.frames(), camera.stats(), around, false);
    camera.stats().video(opened.description());
    playsFrom = System.nanoTime();
  }

  @Override
  public long next(RecordedCamera camera) throws StreamException {
    if (input == null || decoder == null || step == null) {
      throw new IllegalStateException("a recording is opened before it is read");
    }
    if (!pictureWaits && !advance(input, decoder, step)) {
      return end(camera);
    }
    pictureWaits = false;
    if (spec.source().realtime()) {
      long early = playsFrom + elapsed.toNanos() - System.nanoTime();
      if (early > 0) {
        pictureWaits = true;
        return Math.min(early, LOOK_NANOS);
      }
      step.show(around.clock().instant(), givesWay && early < -LATE_NANOS);
    } else {
      step.show(readAt, false);
    }
    return 0;
  }

  private long end(RecordedCamera camera) throws StreamException {
    if (!hasPicture) {
      throw new StreamException("holds no picture that can be decoded");
    }
    if (!spec.source().loop()) {
      return END;
    }
    stop();
    open(camera);
    return 0;
  }

  /** Goes on to the next picture; returns false at the end. */
  private boolean advance(StreamInput input, FrameDecoder decoder, PictureStep step)
      throws StreamException {
    while (!decoder.next()) {
      if (atEnd) {
        return false;
      }
      Optional<Packet> packet = input.read();
      if (packet.isPresent()) {
        try (Packet mine = packet.get()) {
          readAt = mine.arrivedAt();
          decoder.send(mine);
        }
      } else {
        atEnd = true;
        decoder.sendEnd();
      }
    }
    elapsed = step.advance();
    hasPicture = true;
    return true;
  }

  private void stop() {
    if (step != null) {
      step.close();
      step = null;
    }
    if (decoder != null) {
      decoder.close();
      decoder = null;
    }
    if (input != null) {
      input.close();
      input = null;
    }
  }

  @Override
  public void close() {
    stop();
    interrupt.close();
  }
}
