// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.explore;

import java.nio.file.Path;
import java.util.List;

/**
 * What to explore, and how.
 *
 * @param data a FER-2013 file, plain or gzipped, or a directory of class-named folders
 * @param out directory for the report; made if it is missing. It will hold pictures of people
 * @param strict whether the first malformed row or file ends the run instead of being left out
 * @param votes files of FER+ votes; may be none
 * @param nearCorrelation least correlation of the pixels of near duplicates, in (0, 1)
 * @param doubtConfidence least confidence with which the model contradicts a label, in (0, 1]
 * @param seed chooses the faces that samples show
 */
public record ExploreConfig(
    Path data,
    Path out,
    boolean strict,
    List<Path> votes,
    double nearCorrelation,
    double doubtConfidence,
    long seed) {
  public static final String DEFAULT_NEAR_CORRELATION = "0.95";
  public static final String DEFAULT_DOUBT_CONFIDENCE = "0.9";

  public ExploreConfig {
    votes = List.copyOf(votes);
    if (!(nearCorrelation > 0 && nearCorrelation < 1)) {
      throw new IllegalArgumentException(
          "the correlation of near duplicates must be between 0 and 1, was " + nearCorrelation);
    }
    if (!(doubtConfidence > 0 && doubtConfidence <= 1)) {
      throw new IllegalArgumentException(
          "the confidence of a doubt must be above 0 and at most 1, was " + doubtConfidence);
    }
  }
}
