// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.classifier.BatchClassifier.Answer;
import io.emotionstream.classifier.Inbound.Face;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of a task that wait to be answered, in their order. Only the thread that works at the
 * task uses it, be it for another task of its own ({@link ThreadBatches}).
 */
final class Batch {
  private final List<Waiting> records = new ArrayList<>();

  /**
   * What the network said of a face.
   *
   * @param modelId model that said it
   * @param at wall-clock time
   */
  record Scored(Answer answer, String modelId, Instant at) {}

  /** A record that waits. */
  static final class Waiting {
    private final Slot slot;
    private final Inbound inbound;
    private @Nullable Scored scored;

    private Waiting(Slot slot, Inbound inbound) {
      this.slot = slot;
      this.inbound = inbound;
    }

    Slot slot() {
      return slot;
    }

    Inbound inbound() {
      return inbound;
    }

    /** Returns the pixels of what is a face. */
    float[] pixels() {
      return ((Face) inbound).pixels();
    }

    /** Returns what the network said; null before that, and for what is no face. */
    @Nullable Scored scored() {
      return scored;
    }

    void score(Scored result) {
      scored = result;
    }

    private boolean isReady() {
      return scored != null || !(inbound instanceof Face);
    }
  }

  void add(Slot slot, Inbound inbound) {
    records.add(new Waiting(slot, inbound));
  }

  int size() {
    return records.size();
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  void clear() {
    records.clear();
  }

  /** Returns whether the first face has been scored. */
  boolean hasScored() {
    return records.stream()
        .filter(record -> record.inbound instanceof Face)
        .findFirst()
        .filter(Waiting::isReady)
        .isPresent();
  }

  /** Returns the first faces that have not been scored, at most {@code limit}. */
  List<Waiting> unscored(int limit) {
    return records.stream().filter(record -> !record.isReady()).limit(limit).toList();
  }

  /** Returns the records before the first face that has not been scored, and forgets them. */
  List<Waiting> takeReady() {
    int count = 0;
    while (count < records.size() && records.get(count).isReady()) {
      count++;
    }
    List<Waiting> first = records.subList(0, count);
    List<Waiting> ready = List.copyOf(first);
    first.clear();
    return ready;
  }

  /** Returns the slots of the records, in order. */
  List<Slot> slots() {
    return records.stream().map(Waiting::slot).toList();
  }
}
