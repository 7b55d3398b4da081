// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a data set face by face: a FER-2013 file, plain or gzipped, or a directory of class-named
 * folders, with or without folders of splits above or below them. Used by one thread.
 */
public interface FaceReader extends Closeable {

  /**
   * Opens {@code data}.
   *
   * @param rejected hears of each row or file that is left out
   * @throws IOException if it cannot be read
   */
  static FaceReader open(Path data, Consumer<RejectedFace> rejected) throws IOException {
    return Files.isDirectory(data)
        ? FolderFaces.open(data, rejected)
        : CsvFaces.open(data, rejected);
  }

  /** Opens {@code data} such that the first row or file to be left out ends the reading. */
  static FaceReader openStrict(Path data) throws IOException {
    List<RejectedFace> rejected = new ArrayList<>();
    FaceReader reader = open(data, rejected::add);
    return new FaceReader() {
      @Override
      public Optional<FoundFace> next() throws IOException {
        Optional<FoundFace> face = reader.next();
        if (!rejected.isEmpty()) {
          throw new IOException(
              "%s, %s (without --strict it is left out)".formatted(data, rejected.get(0)));
        }
        return face;
      }

      @Override
      public void close() throws IOException {
        reader.close();
      }
    };
  }

  /**
   * Returns the next usable face, or nothing after the last.
   *
   * @throws IOException if the data became unreadable; the message says where
   */
  Optional<FoundFace> next() throws IOException;
}
