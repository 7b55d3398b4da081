// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.ferplus;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The votes that one face got: ten, less where FER+ left some out.
 *
 * @param counts number of votes, each at least 0; what is not in it got none
 */
public record FaceVotes(Map<Vote, Integer> counts) {
  public FaceVotes {
    Map<Vote, Integer> copy = new EnumMap<>(Vote.class);
    copy.putAll(counts);
    copy.forEach(
        (vote, count) -> {
          if (count < 0) {
            throw new IllegalArgumentException(
                "votes for %s must be at least 0, were %d".formatted(vote.column(), count));
          }
        });
    counts = Map.copyOf(copy);
  }

  /** Returns the votes for {@code vote}. */
  public int of(Vote vote) {
    return counts.getOrDefault(vote, 0);
  }

  /** Returns the number of all votes. */
  public int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Returns what more people voted for than for anything else; nothing where the top is shared. */
  public Optional<Vote> majority() {
    Optional<Vote> top = Optional.empty();
    int most = 0;
    for (Vote vote : Vote.values()) {
      if (of(vote) > most) {
        most = of(vote);
        top = Optional.of(vote);
      } else if (of(vote) == most) {
        top = Optional.empty();
      }
    }
    return top;
  }

  /** Returns what everyone voted for, if they all agree. */
  public Optional<Vote> unanimous() {
    return majority().filter(vote -> of(vote) == total());
  }
}
