// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.source;

import io.emotionstream.schemas.FaceImage;
import io.emotionstream.schemas.ImageEncoding;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Rows of a FER-2013 file in order, gzipped or not, row by row: memory does not grow. */
final class Fer2013Source implements FaceSource {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final Optional<String> usage;
  private final int cameras;
  private final SkipListener skips;
  private final BufferedReader reader;
  private final Fer2013Columns columns;
  private long line = 1;

  private Fer2013Source(
      SourceSpec.Fer2013 spec, int cameras, SkipListener skips, BufferedReader reader)
      throws IOException {
    this.file = spec.file();
    this.usage = spec.usage();
    this.cameras = cameras;
    this.skips = skips;
    this.reader = reader;
    String header = reader.readLine();
    this.columns = new Fer2013Columns(header == null ? "" : header);
  }

  static Fer2013Source open(SourceSpec.Fer2013 spec, int cameras, SkipListener skips) {
    Path file = spec.file();
    if (!Files.isRegularFile(file)) {
      throw new SourceException(
          spec.uri(),
          "there is no file %s; the README says where to get fer2013.csv"
              .formatted(file.toAbsolutePath()),
          null);
    }
    BufferedReader reader = null;
    try {
      reader = reader(file);
      return new Fer2013Source(spec, cameras, skips, reader);
    } catch (IOException | IllegalArgumentException e) {
      closeAfter(e, reader);
      throw new SourceException(
          spec.uri(), "%s is no FER-2013 file: %s".formatted(file, e.getMessage()), e);
    }
  }

  @Override
  public int cameras() {
    return cameras;
  }

  @Override
  public Optional<FaceCrop> next(int camera) throws IOException {
    for (String text = reader.readLine(); text != null; text = reader.readLine()) {
      line++;
      if (text.isBlank()) {
        continue;
      }
      try {
        Fer2013Row row = columns.read(text);
        if (usage.isEmpty() || usage.get().equals(row.usage())) {
          return Optional.of(crop(row));
        }
      } catch (UnusableException e) {
        skips.skipped(e.at(file + " line " + line));
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private static FaceCrop crop(Fer2013Row row) {
    ByteBuffer pixels = ByteBuffer.wrap(row.pixels());
    return new FaceCrop(
        new FaceImage(ImageEncoding.GRAY8, Fer2013Row.SIDE, Fer2013Row.SIDE, pixels),
        Optional.of(row.emotion()));
  }

  /** Tells gzip by its first bytes, not by the file's name. */
  private static BufferedReader reader(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      in.mark(2);
      boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      InputStream text = gzip ? new GZIPInputStream(in, BUFFER) : in;
      return new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8), BUFFER);
    } catch (IOException e) {
      closeAfter(e, in);
      throw e;
    }
  }

  private static void closeAfter(Exception e, @Nullable Closeable open) {
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException also) {
      e.addSuppressed(also);
    }
  }
}
