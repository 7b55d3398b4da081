// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.data;

import io.emotionstream.datasets.fer2013.Fer2013Reader;
import io.emotionstream.datasets.fer2013.Fer2013Row;
import io.emotionstream.datasets.fer2013.RejectedRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** The rows of a FER-2013 file. */
final class CsvFaces implements FaceReader {
  private final Fer2013Reader rows;

  private CsvFaces(Fer2013Reader rows) {
    this.rows = rows;
  }

  static CsvFaces open(Path file, Consumer<RejectedFace> rejected) throws IOException {
    return new CsvFaces(Fer2013Reader.open(file, row -> rejected.accept(rejection(row))));
  }

  @Override
  public Optional<FoundFace> next() throws IOException {
    return rows.next().map(CsvFaces::found);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }

  private static FoundFace found(Fer2013Row row) {
    return new FoundFace(
        "line " + row.line(),
        row.usage(),
        new LabeledFace(row.index(), row.emotion(), row.pixels()),
        Fer2013Row.SIDE,
        Fer2013Row.SIDE);
  }

  private static RejectedFace rejection(RejectedRow row) {
    return new RejectedFace(
        "line " + row.line(),
        row.fault().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        row.detail());
  }
}
