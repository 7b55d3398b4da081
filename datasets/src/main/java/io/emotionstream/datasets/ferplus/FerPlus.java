// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.ferplus;

import io.emotionstream.datasets.fer2013.CommaSeparated;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The votes of FER+ (Barsoum et al., "Training Deep Networks for Facial Expression Recognition with
 * Crowd-Sourced Label Distribution", 2016) by row of FER-2013, the first data row 0.
 *
 * <p>Columns are found by name, in any order and case: {@code neutral}, {@code happiness}, {@code
 * surprise}, {@code sadness}, {@code anger}, {@code disgust}, {@code fear}, {@code contempt},
 * {@code unknown}, {@code NF}, and {@code index}, the row of FER-2013. Without {@code index} the
 * rows stand in the order of FER-2013, as in the published {@code fer2013new.csv}. Row {@value
 * #WRONG_ROW} holds another picture's votes and is left out.
 *
 * @param byRow votes by row of FER-2013
 */
public record FerPlus(Map<Integer, FaceVotes> byRow) {
  private static final int WRONG_ROW = 5274;

  public FerPlus {
    byRow = Map.copyOf(byRow);
  }

  /**
   * Reads files, plain or gzipped, which together hold the votes.
   *
   * @throws IOException if one cannot be read, has no such column or a malformed row; the message
   *     names file and line
   */
  public static FerPlus read(List<Path> files) throws IOException {
    Map<Integer, FaceVotes> byRow = new HashMap<>();
    for (Path file : files) {
      try (CommaSeparated rows = CommaSeparated.open(file)) {
        boolean indexed = rows.has("index");
        for (int row = 0; rows.next(); row++) {
          int index = indexed ? rows.integer("index") : row;
          if (byRow.put(index, votes(rows)) != null) {
            throw rows.malformed("row %d already has votes".formatted(index));
          }
        }
      }
    }
    byRow.remove(WRONG_ROW);
    return new FerPlus(byRow);
  }

  /** Returns the votes of a row, if it has at least one. */
  public Optional<FaceVotes> of(int row) {
    return Optional.ofNullable(byRow.get(row)).filter(votes -> votes.total() > 0);
  }

  private static FaceVotes votes(CommaSeparated rows) throws IOException {
    Map<Vote, Integer> counts = new EnumMap<>(Vote.class);
    for (Vote vote : Vote.values()) {
      counts.put(vote, rows.integer(vote.column()));
    }
    return new FaceVotes(counts);
  }
}
