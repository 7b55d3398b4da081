// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.measure;

import io.emotionstream.ingest.detect.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the faces of photos are, as somebody said who looked.
 *
 * @param faces of each photo, by file name; a photo without any face has an empty list
 */
public record PublishedBoxes(Map<String, List<Box>> faces) {
  private static final String HEADER = "file,x,y,width,height";
  private static final int COLUMNS = 5;

  public PublishedBoxes {
    faces = Map.copyOf(faces);
  }

  /**
   * Reads lines {@code file,x,y,width,height} in pixels below that header; a line {@code file,,,,}
   * names a photo without faces.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if a line is malformed
   */
  public static PublishedBoxes read(Path csv) throws IOException {
    List<String> lines = Files.readAllLines(csv);
    if (lines.isEmpty() || !lines.get(0).strip().equals(HEADER)) {
      throw new IllegalArgumentException(csv + " must start with the line " + HEADER);
    }
    Map<String, List<Box>> faces = new LinkedHashMap<>();
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        add(lines.get(i), csv + " line " + (i + 1), faces);
      }
    }
    return new PublishedBoxes(faces);
  }

  private static void add(String line, String where, Map<String, List<Box>> faces) {
    String[] cells = line.strip().split(",", -1);
    if (cells.length != COLUMNS) {
      throw new IllegalArgumentException(
          "%s has %d columns, expected %s".formatted(where, cells.length, HEADER));
    }
    List<Box> boxes = faces.computeIfAbsent(cells[0], file -> new ArrayList<>());
    if (cells[1].isEmpty()) {
      return;
    }
    try {
      boxes.add(
          new Box(
              Double.parseDouble(cells[1]),
              Double.parseDouble(cells[2]),
              Double.parseDouble(cells[3]),
              Double.parseDouble(cells[4])));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
    }
  }
}
