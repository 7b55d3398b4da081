// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.datasets.fer2013.Usage;
import io.emotionstream.trainer.data.FaceSet;
import io.emotionstream.trainer.data.Fer2013;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The labelled faces that training and evaluation read. */
final class DataOption {
  private static final String STANDARD_NAME = "fer2013.csv";

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "fer2013.csv, plain or .gz, or the folder that holds it; or a folder of class-named"
              + " folders of pictures.",
      required = true)
  private @Nullable Path data;

  /** Returns the file, or the directory of class-named folders. */
  Path file() {
    if (data == null) {
      throw new IllegalArgumentException("--data FILE is missing: name fer2013.csv");
    }
    if (!Files.isDirectory(data)) {
      return data;
    }
    return Stream.of(data.resolve(STANDARD_NAME + ".gz"), data.resolve(STANDARD_NAME))
        .filter(Files::exists)
        .findFirst()
        .orElse(data);
  }

  /**
   * Reads all faces, and names those that are left out.
   *
   * @throws IOException if they cannot be read
   */
  Fer2013 readAll() throws IOException {
    Fer2013 all = Fer2013.read(file());
    all.rejected().forEach(row -> System.err.println("emotion: left out: " + row));
    return all;
  }

  /**
   * Reads the faces of one split.
   *
   * @throws IOException if the file cannot be read or has no such row
   */
  FaceSet read(Usage usage) throws IOException {
    FaceSet faces = readAll().split(usage);
    if (faces.size() == 0) {
      throw new IOException("%s has no usable face of %s".formatted(file(), usage.label()));
    }
    return faces;
  }
}
