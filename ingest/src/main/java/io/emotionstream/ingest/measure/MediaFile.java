// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.measure;

import io.emotionstream.ingest.decode.FrameDecoder;
import io.emotionstream.ingest.decode.Interrupt;
import io.emotionstream.ingest.decode.Packet;
import io.emotionstream.ingest.decode.PictureSize;
import io.emotionstream.ingest.decode.StreamException;
import io.emotionstream.ingest.decode.StreamInput;
import io.emotionstream.ingest.decode.StreamRequest;
import io.emotionstream.ingest.video.VideoFrame;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a video or a photo from start to end, on the thread that asks. */
public final class MediaFile {
  private static final int NANOS_PER_MICRO = 1000;

  private final Path path;

  public MediaFile(Path path) {
    this.path = path;
  }

  /**
   * Shows every picture to {@code viewer}.
   *
   * @return how many there were
   * @throws StreamException if it cannot be opened or holds no video
   */
  public long read(Consumer<VideoFrame> viewer) throws StreamException {
    StreamRequest request = StreamRequest.file(path.toString());
    try (Interrupt interrupt = new Interrupt();
        StreamInput input = StreamInput.open(request, interrupt, InstantSource.system());
        FrameDecoder decoder = input.newDecoder()) {
      Reading reading = new Reading(decoder, viewer);
      Optional<Packet> packet = input.read();
      while (packet.isPresent()) {
        try (Packet full = packet.get()) {
          decoder.send(full);
        }
        reading.showAll();
        packet = input.read();
      }
      decoder.sendEnd();
      reading.showAll();
      return reading.number;
    }
  }

  private static final class Reading {
    private final FrameDecoder decoder;
    private final Consumer<VideoFrame> viewer;
    private long firstPts;
    private long number;

    Reading(FrameDecoder decoder, Consumer<VideoFrame> viewer) {
      this.decoder = decoder;
      this.viewer = viewer;
    }

    void showAll() throws StreamException {
      while (decoder.next()) {
        firstPts = number == 0 ? decoder.pts() : firstPts;
        Duration elapsed = Duration.ofNanos((decoder.pts() - firstPts) * NANOS_PER_MICRO);
        PictureSize size = decoder.size();
        viewer.accept(
            new VideoFrame(
                number++,
                Instant.EPOCH.plus(elapsed),
                elapsed,
                size.width(),
                size.height(),
                decoder.gray()));
      }
    }
  }
}
