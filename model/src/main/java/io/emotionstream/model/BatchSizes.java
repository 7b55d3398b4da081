// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Cuts batches of any size into the sizes that there are plans for, the powers of two up to {@value
 * #MAX}, so that the cost stays near linear.
 *
 * <p>A call costs as much as {@value #CALL} faces beyond its faces, for native code rearranges the
 * weights each time: so 29 faces go as 32, three of which are not looked at, but 17 as 16 and 1.
 */
final class BatchSizes {
  /** The greatest plan: a greater batch gains nothing and costs memory. */
  static final int MAX = 64;

  private static final double CALL = 1.5;

  /** Size of the plan that the first faces of a batch go to, by the size of the batch. */
  private static final int[] FIRST = new int[MAX + 1];

  static {
    double[] cost = new double[MAX + 1];
    for (int count = 1; count <= MAX; count++) {
      cost[count] = Double.MAX_VALUE;
      for (int size = 1; size <= MAX; size *= 2) {
        double total = size + CALL + cost[Math.max(0, count - size)];
        if (total < cost[count]) {
          cost[count] = total;
          FIRST[count] = size;
        }
        if (size >= count) {
          break;
        }
      }
    }
  }

  private BatchSizes() {}

  /** Returns all sizes. */
  static String all() {
    return IntStream.iterate(1, size -> size <= MAX, size -> size * 2)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", "));
  }

  /** Returns the size of the plan that the first of {@code count} faces go to. */
  static int first(int count) {
    return FIRST[Math.min(count, MAX)];
  }
}
