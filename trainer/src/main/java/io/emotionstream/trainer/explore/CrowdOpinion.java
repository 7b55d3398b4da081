// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.explore;

import io.emotionstream.datasets.ferplus.FaceVotes;
import io.emotionstream.datasets.ferplus.FerPlus;
import io.emotionstream.datasets.ferplus.Vote;
import io.emotionstream.model.Emotions;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.trainer.data.FoundFace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the voters of FER+ make of the labels.
 *
 * @param faces number of faces that have votes
 * @param byLabel for each label (row) how many faces have their majority in each vote (column, in
 *     the order of {@link Vote}); faces without a majority are not counted
 * @param doubts faces whose voters prefer another class of FER-2013, most votes first
 * @param unanimous number of these where all voters agree
 * @param notFaces positions of the faces that all voters took for none, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: it only carries numbers
record CrowdOpinion(
    int faces, long[][] byLabel, List<LabelDoubt> doubts, int unanimous, List<Integer> notFaces) {
  private static final List<Vote> COLUMNS = List.of(Vote.values());

  static CrowdOpinion of(FerPlus votes, List<FoundFace> faces) {
    int voted = 0;
    long[][] byLabel = new long[Emotions.COUNT][COLUMNS.size()];
    List<LabelDoubt> doubts = new ArrayList<>();
    List<Integer> notFaces = new ArrayList<>();
    for (int i = 0; i < faces.size(); i++) {
      Optional<FaceVotes> found = votes.of(faces.get(i).face().row());
      if (found.isEmpty()) {
        continue;
      }
      voted++;
      FaceVotes given = found.get();
      Emotion label = faces.get(i).face().emotion();
      Optional<Vote> majority = given.majority();
      majority.ifPresent(vote -> byLabel[Emotions.ALL.indexOf(label)][COLUMNS.indexOf(vote)]++);
      Optional<Emotion> preferred = majority.flatMap(Vote::emotion);
      if (preferred.isPresent() && preferred.get() != label) {
        double share = (double) given.of(majority.get()) / given.total();
        doubts.add(new LabelDoubt(i, preferred.get(), share));
      }
      if (given.unanimous().filter(vote -> vote == Vote.NOT_A_FACE).isPresent()) {
        notFaces.add(i);
      }
    }
    doubts.sort(
        Comparator.comparingDouble(LabelDoubt::confidence)
            .reversed()
            .thenComparingInt(LabelDoubt::face));
    int unanimous = (int) doubts.stream().filter(doubt -> doubt.confidence() == 1).count();
    return new CrowdOpinion(voted, byLabel, doubts, unanimous, notFaces);
  }

  /**
   * Returns the share of the faces of {@code label} whose voters agree with it, of those whose
   * majority is a class of FER-2013; NaN if there are none.
   */
  double agreement(Emotion label) {
    return ratio(List.of(label));
  }

  /** Returns the number of faces of {@code label} whose majority is {@code vote}. */
  long count(Emotion label, Vote vote) {
    return byLabel[Emotions.ALL.indexOf(label)][COLUMNS.indexOf(vote)];
  }

  /** Returns that share over all labels. */
  double agreement() {
    return ratio(Emotions.ALL);
  }

  private double ratio(List<Emotion> labels) {
    long agreeing = 0;
    long all = 0;
    for (Emotion label : labels) {
      for (Vote vote : COLUMNS) {
        long count = count(label, vote);
        all += vote.emotion().isPresent() ? count : 0;
        agreeing += vote.emotion().filter(emotion -> emotion == label).isPresent() ? count : 0;
      }
    }
    return (double) agreeing / all;
  }
}
