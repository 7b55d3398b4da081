// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import io.emotionstream.datasets.folder.FileTree;
import io.emotionstream.ingest.decode.FrameDecoder;
import io.emotionstream.ingest.decode.Interrupt;
import io.emotionstream.ingest.decode.Packet;
import io.emotionstream.ingest.decode.PictureSize;
import io.emotionstream.ingest.decode.StreamException;
import io.emotionstream.ingest.decode.StreamInput;
import io.emotionstream.ingest.decode.StreamRequest;
import io.emotionstream.ingest.source.SkipReason;
import io.emotionstream.ingest.source.Skipped;
import io.emotionstream.ingest.video.FaceFinder;
import io.emotionstream.ingest.video.VideoFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Photos under a directory, in order; one that cannot be read is left out and counted. */
final class StillPhotos implements Recording {
  private final CameraSpec spec;
  private final Surroundings around;
  private final FileTree files;
  private @Nullable FaceFinder finder;
  private long number;

  StillPhotos(CameraSpec spec, Surroundings around) {
    this.spec = spec;
    this.around = around;
    this.files = new FileTree(Path.of(spec.source().target()));
  }

  @Override
  public void open(RecordedCamera camera) {
    finder = around.finders().open(spec.id(), spec.finder());
    camera.stats().video("photos");
    camera.stats().clock("arrival");
  }

  @Override
  public long next(RecordedCamera camera) throws StreamException {
    Optional<Path> file = nextFile();
    if (file.isEmpty()) {
      if (number == 0) {
        throw new StreamException("holds no photo that can be read");
      }
      return END;
    }
    try {
      show(file.get(), camera);
    } catch (StreamException e) {
      camera.stats().decodeErrors(1);
      around
          .skips()
          .skipped(
              new Skipped(
                  file.get().toString(),
                  SkipReason.UNREADABLE_FILE,
                  String.valueOf(e.getMessage())));
    }
    return 0;
  }

  private Optional<Path> nextFile() throws StreamException {
    try {
      return files.next();
    } catch (IOException e) {
      throw new StreamException("became unreadable: " + e.getMessage());
    }
  }

  private void show(Path file, RecordedCamera camera) throws StreamException {
    if (!Files.isRegularFile(file)) { // to open a pipe may take for ever
      throw new StreamException("is no file");
    }
    try (Interrupt interrupt = new Interrupt();
        StreamInput input =
            StreamInput.open(
                StreamRequest.file(file.toAbsolutePath().toString()), interrupt, around.clock());
        FrameDecoder decoder = input.newDecoder()) {
      Optional<Packet> packet = input.read();
      while (packet.isPresent()) {
        try (Packet mine = packet.get()) {
          decoder.send(mine);
        }
        packet = input.read();
      }
      decoder.sendEnd();
      if (!decoder.next()) {
        throw new StreamException("holds no picture");
      }
      handle(decoder, camera);
    }
  }

  private void handle(FrameDecoder decoder, RecordedCamera camera) throws StreamException {
    camera.stats().picture();
    PictureSize size = decoder.size();
    VideoFrame frame =
        new VideoFrame(
            number,
            around.clock().instant(),
            Duration.ofSeconds(number),
            size.width(),
            size.height(),
            decoder.gray());
    number++;
    if (finder != null) {
      camera.frames().handle(frame, finder, size.shrink());
    }
  }

  @Override
  public void close() {
    if (finder != null) {
      finder.close();
    }
  }
}
