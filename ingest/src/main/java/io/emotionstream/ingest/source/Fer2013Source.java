// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.source;

import io.emotionstream.datasets.fer2013.Fer2013Reader;
import io.emotionstream.datasets.fer2013.Fer2013Row;
import io.emotionstream.datasets.fer2013.RejectedRow;
import io.emotionstream.datasets.fer2013.Usage;
import io.emotionstream.schemas.FaceImage;
import io.emotionstream.schemas.ImageEncoding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/** Rows of a FER-2013 file in order, of one split or of all. */
final class Fer2013Source implements FaceSource {
  private final Optional<Usage> usage;
  private final int cameras;
  private final Fer2013Reader reader;

  private Fer2013Source(SourceSpec.Fer2013 spec, int cameras, SkipListener skips)
      throws IOException {
    this.usage = spec.usage();
    this.cameras = cameras;
    this.reader = Fer2013Reader.open(spec.file(), row -> skips.skipped(skipped(spec.file(), row)));
  }

  static Fer2013Source open(SourceSpec.Fer2013 spec, int cameras, SkipListener skips) {
    try {
      return new Fer2013Source(spec, cameras, skips);
    } catch (IOException e) {
      throw new SourceException(spec.uri(), String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public int cameras() {
    return cameras;
  }

  @Override
  public Optional<FaceCrop> next(int camera) throws IOException {
    Optional<Fer2013Row> row = reader.next();
    while (row.isPresent() && isOfAnotherSplit(row.get())) {
      row = reader.next();
    }
    return row.map(Fer2013Source::crop);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private boolean isOfAnotherSplit(Fer2013Row row) {
    return usage.isPresent() && usage.get() != row.usage();
  }

  private static FaceCrop crop(Fer2013Row row) {
    ByteBuffer pixels = ByteBuffer.wrap(row.pixels());
    return new FaceCrop(
        new FaceImage(ImageEncoding.GRAY8, Fer2013Row.SIDE, Fer2013Row.SIDE, pixels),
        Optional.of(row.emotion()));
  }

  private static Skipped skipped(Path file, RejectedRow row) {
    SkipReason reason =
        switch (row.fault()) {
          case COLUMN_COUNT -> SkipReason.WRONG_COLUMN_COUNT;
          case USAGE -> SkipReason.BAD_USAGE;
          case EMOTION -> SkipReason.BAD_EMOTION;
          case PIXELS -> SkipReason.BAD_PIXELS;
        };
    return new Skipped(file + " line " + row.line(), reason, row.detail());
  }
}
