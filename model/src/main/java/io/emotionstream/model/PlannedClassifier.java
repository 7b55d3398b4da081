// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Classifies with the {@link OpPlan}s of a network, one for each of the {@link BatchSizes}, made
 * when first needed.
 */
final class PlannedClassifier implements EmotionClassifier {
  private final String modelId;
  private final ServingGraph graph;
  private final int classes;
  private final Slots slots;
  private final OpPlan.Weights weights;
  private final Map<Integer, OpPlan> plans = new TreeMap<>();
  private OpPlan.@Nullable Memory memory;
  private boolean closed;

  PlannedClassifier(String modelId, ServingGraph graph) {
    this.modelId = modelId;
    this.graph = graph;
    classes = requireNonNull(graph.shapes().get(graph.output())).size();
    slots = Slots.assign(graph);
    weights = new OpPlan.Weights(graph);
  }

  @Override
  public String modelId() {
    return modelId;
  }

  @Override
  public String engine() {
    return "DL4J, prepared for batches of %s, on %s"
        .formatted(BatchSizes.all(), NativeKernels.enable());
  }

  @Override
  public float[][] classify(float[][] faces) {
    Faces.require(faces);
    if (closed) {
      throw new IllegalStateException("the classifier of model " + modelId + " is closed");
    }
    float[][] answers = new float[faces.length][classes];
    int from = 0;
    while (from < faces.length) {
      int left = faces.length - from;
      int size = BatchSizes.first(left);
      plan(size).classify(faces, from, Math.min(size, left), answers);
      from += size;
    }
    return answers;
  }

  private OpPlan plan(int batch) {
    OpPlan plan = plans.get(batch);
    if (plan == null) {
      // What a plan keeps must not lie in a workspace of DL4J's that the caller has open.
      try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
        plan = new OpPlan(graph, weights, memory(batch), batch);
      }
      plans.put(batch, plan);
    }
    return plan;
  }

  /** Returns memory for {@code batch} faces; where there is too little, plans start anew. */
  private OpPlan.Memory memory(int batch) {
    if (memory == null || memory.batch() < batch) {
      freePlans();
      memory = new OpPlan.Memory(slots, batch);
    }
    return memory;
  }

  private void freePlans() {
    plans.clear();
    if (memory != null) {
      memory.close();
      memory = null;
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      freePlans();
      weights.close();
    }
  }
}
