// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.classifier.Batch.Waiting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The batches of all tasks that a thread works at, so that a call of its network that one task
 * makes can take the faces of the others along. A thread with many partitions and few frames in
 * each then still computes in full batches.
 *
 * <p>Only the computing is across tasks: what came out stays with the face until its own task
 * forwards it, with its own offsets. Safe for use by several threads.
 */
final class ThreadBatches {
  private final Map<Thread, List<Batch>> batches = new HashMap<>();

  /** The calling thread works at a task's batch from now on. */
  synchronized void join(Batch batch) {
    batches.computeIfAbsent(Thread.currentThread(), thread -> new ArrayList<>()).add(batch);
  }

  /** Nobody works at a task's batch any more; does nothing if nobody did. */
  synchronized void leave(Batch batch) {
    batches.values().forEach(ofThread -> ofThread.removeIf(other -> other == batch));
    batches.values().removeIf(List::isEmpty);
  }

  /** Returns faces that wait in other tasks of the calling thread, at most {@code limit}. */
  synchronized List<Waiting> unscoredBeside(Batch own, int limit) {
    List<Waiting> faces = new ArrayList<>();
    for (Batch batch : batches.getOrDefault(Thread.currentThread(), List.of())) {
      if (batch != own) {
        faces.addAll(batch.unscored(limit - faces.size()));
      }
    }
    return faces;
  }
}
