// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.fer2013;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a FER-2013 file row by row, plain or gzipped (told by content, not by name); memory does
 * not grow. Used by one thread.
 *
 * <p>The header names the columns, in any order and case: {@code emotion} (0 to 6), {@code pixels}
 * (2,304 numbers from 0 to 255, separated by spaces) and, optionally, {@code Usage}; without it
 * every row is training data. Other columns and blank lines are ignored. A malformed row is left
 * out and reported; a malformed header is an error.
 */
public final class Fer2013Reader implements Closeable {
  private final Path file;
  private final BufferedReader text;
  private final Consumer<RejectedRow> rejected;
  private final Fer2013Columns columns;
  private long line;
  private int index;

  private Fer2013Reader(Path file, BufferedReader text, Consumer<RejectedRow> rejected)
      throws IOException {
    this.file = file;
    this.text = text;
    this.rejected = rejected;
    String header = text.readLine();
    if (header == null) {
      throw new IllegalArgumentException("is empty, expected a header with emotion and pixels");
    }
    this.columns = new Fer2013Columns(header);
    this.line = 1;
  }

  /**
   * Opens {@code file} and reads its header.
   *
   * @param rejected hears of each malformed row
   * @throws IOException if it cannot be read or its header lacks a column; the message names it
   */
  public static Fer2013Reader open(Path file, Consumer<RejectedRow> rejected) throws IOException {
    if (!Files.exists(file) || Files.isDirectory(file)) {
      throw new FileNotFoundException(
          "there is no file %s; the README says where to get fer2013.csv"
              .formatted(file.toAbsolutePath()));
    }
    BufferedReader text = null;
    try {
      text = TextFile.open(file);
      return new Fer2013Reader(file, text, rejected);
    } catch (FileSystemException e) {
      throw new IOException("%s cannot be opened: %s".formatted(file, e), e);
    } catch (IOException | IllegalArgumentException e) {
      closeAfter(e, text);
      throw new IOException("%s is no FER-2013 file: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * Returns the next well-formed row, or nothing after the last.
   *
   * @throws IOException if the file became unreadable; the message says where
   */
  public Optional<Fer2013Row> next() throws IOException {
    for (String row = readLine(); row != null; row = readLine()) {
      if (row.isBlank()) {
        continue;
      }
      try {
        return Optional.of(columns.read(line, index++, row));
      } catch (MalformedRowException e) {
        rejected.accept(e.at(line));
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    text.close();
  }

  private @Nullable String readLine() throws IOException {
    try {
      line++;
      return text.readLine();
    } catch (IOException e) {
      throw new IOException("%s line %d: %s".formatted(file, line, e.getMessage()), e);
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
