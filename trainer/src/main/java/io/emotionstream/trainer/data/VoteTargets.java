// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.data;

import io.emotionstream.datasets.ferplus.FaceVotes;
import io.emotionstream.datasets.ferplus.FerPlus;
import io.emotionstream.datasets.ferplus.Vote;

/** How people voted on a face, as a second question to learn from. Immutable. */
public final class VoteTargets {
  /** Answers to the question, in the order of {@link Vote}. */
  public static final int CLASSES = Vote.values().length;

  private final FerPlus votes;

  /** Makes targets of votes by row of the data file. */
  public VoteTargets(FerPlus votes) {
    this.votes = votes;
  }

  /**
   * Writes the share of each vote in all votes on {@code row}; a row without votes leaves {@code
   * target} as it is.
   *
   * @param target receives {@link #CLASSES} values from {@code offset} on
   */
  public void write(int row, float[] target, int offset) {
    votes.of(row).ifPresent(found -> write(found, target, offset));
  }

  private static void write(FaceVotes found, float[] target, int offset) {
    for (Vote vote : Vote.values()) {
      target[offset + vote.ordinal()] = (float) found.of(vote) / found.total();
    }
  }
}
