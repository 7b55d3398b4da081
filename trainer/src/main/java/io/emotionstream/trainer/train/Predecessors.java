// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Bundles of earlier runs that a run takes something from.
 *
 * @param start whose weights to begin with, in a new cycle of the learning rate
 * @param teachers whose answers are learned beside the labels (distillation, Hinton et al. 2015)
 * @param teacherWeight share of the teachers in the target, in [0, 1]; the rest is the label's
 */
public record Predecessors(Optional<Path> start, List<Path> teachers, double teacherWeight) {
  /** Share of the teachers unless told otherwise. */
  public static final double TEACHER_WEIGHT = 0.5;

  /** No earlier run. */
  public static final Predecessors NONE =
      new Predecessors(Optional.empty(), List.of(), TEACHER_WEIGHT);

  public Predecessors {
    teachers = List.copyOf(teachers);
    if (!(teacherWeight >= 0 && teacherWeight <= 1)) {
      throw new IllegalArgumentException(
          "the weight of the teachers must be between 0 and 1, was " + teacherWeight);
    }
  }

  /** Returns a run that begins with the weights of {@code bundle} and has no teacher. */
  public static Predecessors startingFrom(Path bundle) {
    return new Predecessors(Optional.of(bundle), List.of(), TEACHER_WEIGHT);
  }
}
