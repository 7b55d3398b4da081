// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which value of a {@link ServingGraph} lies in which piece of memory: a piece is used again once
 * nobody needs what is in it, for memory that was just written is in the processor's cache.
 *
 * @param of slot of each value; the input has none
 * @param sizes values of one face that each slot holds
 */
record Slots(Map<String, Integer> of, List<Integer> sizes) {

  static Slots assign(ServingGraph graph) {
    return new Assignment(graph).run();
  }

  private static final class Assignment {
    private final ServingGraph graph;
    private final Map<String, Shape> shapes;
    private final Map<String, Integer> usesLeft;
    private final Map<String, Integer> slots = new HashMap<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final List<Integer> free = new ArrayList<>();

    Assignment(ServingGraph graph) {
      this.graph = graph;
      shapes = graph.shapes();
      usesLeft = graph.uses();
    }

    Slots run() {
      for (Step step : graph.steps()) {
        step.inputs().forEach(name -> usesLeft.merge(name, -1, Integer::sum));
        String first = step.inputs().get(0);
        Set<String> done = new HashSet<>(step.inputs());
        done.removeIf(name -> usesLeft.getOrDefault(name, 0) > 0 || !slots.containsKey(name));
        if (isElementwise(step) && done.remove(first)) {
          slots.put(step.name(), requireNonNull(slots.get(first)));
        } else {
          slots.put(step.name(), take(requireNonNull(shapes.get(step.name())).size()));
        }
        done.forEach(name -> free.add(requireNonNull(slots.get(name))));
      }
      return new Slots(slots, sizes);
    }

    /** Whether an output may overwrite the first input. */
    private static boolean isElementwise(Step step) {
      return step instanceof Step.Activate activate && activate.function() != Step.Function.SOFTMAX
          || step instanceof Step.Normalize
          || step instanceof Step.Add
          || step instanceof Step.Scale;
    }

    /** Takes the smallest free slot that is big enough, or widens the biggest. */
    private int take(int size) {
      Comparator<Integer> bySize = Comparator.comparing(sizes::get);
      int slot =
          free.stream()
              .filter(candidate -> sizes.get(candidate) >= size)
              .min(bySize)
              .orElseGet(
                  () -> {
                    if (free.isEmpty()) {
                      sizes.add(size);
                      return sizes.size() - 1;
                    }
                    return Collections.max(free, bySize);
                  });
      free.remove((Integer) slot);
      sizes.set(slot, Math.max(sizes.get(slot), size));
      return slot;
    }
  }
}
