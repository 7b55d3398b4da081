// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * A file of remarks on the rows of FER-2013: CSV without quotes, plain or {@code .gz}, of whose
 * columns {@code index} (row of the data, from 0) and {@code copy_in_training} (0 or 1) are read.
 */
public final class QualityFile {
  private static final String INDEX = "index";
  private static final String COPY = "copy_in_training";

  private QualityFile() {}

  /**
   * Returns the rows that the file calls pixel-identical to a row of Training.
   *
   * @throws IOException if it cannot be read, lacks a column, or holds another value; the message
   *     names the line
   */
  public static Set<Integer> copiesInTraining(Path file) throws IOException {
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String header = lines.readLine();
      List<String> columns = header == null ? List.of() : List.of(header.split(",", -1));
      int index = columns.indexOf(INDEX);
      int copy = columns.indexOf(COPY);
      if (index < 0 || copy < 0) {
        throw new IOException(
            "%s: its header needs columns %s and %s, was %s".formatted(file, INDEX, COPY, header));
      }
      Set<Integer> rows = new HashSet<>();
      int number = 2;
      for (String line = lines.readLine(); line != null; line = lines.readLine(), number++) {
        String[] cells = line.split(",", -1);
        if (cells.length != columns.size() || !cells[copy].matches("[01]")) {
          throw new IOException(
              "%s: line %d is not %d cells with 0 or 1 for %s"
                  .formatted(file, number, columns.size(), COPY));
        }
        if (cells[copy].equals("1")) {
          rows.add(row(file, number, cells[index]));
        }
      }
      return rows;
    }
  }

  private static int row(Path file, int number, String cell) throws IOException {
    try {
      return Integer.parseInt(cell);
    } catch (NumberFormatException e) {
      throw new IOException(
          "%s: line %d has the %s %s, expected a number".formatted(file, number, INDEX, cell), e);
    }
  }
}
