// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import java.time.Duration;
import java.util.List;

/**
 * How much a run measures.
 *
 * @param repeats of raw network, exactly-once and at-least-once pipeline, in turns
 * @param engineRepeats of DL4J and ONNX Runtime, in turns
 * @param networkSeconds a run of the bare network
 * @param pipelineSeconds a run of the pipeline, about
 * @param growthSeconds a run of the pipeline with other numbers of partitions or cameras, about
 * @param warmUpFaces that pass through the pipeline without network before anything is measured
 * @param warmUpSeconds of the pipeline with its network after that, about: the compiler's work is
 *     the first seconds' cost of a process that runs for months
 * @param latencySeconds at each load
 * @param lanes numbers of partitions and stream threads
 * @param cameras numbers of cameras
 * @param memory how long memory is watched; zero for not at all
 */
record Plan(
    int repeats,
    int engineRepeats,
    double networkSeconds,
    double pipelineSeconds,
    double growthSeconds,
    long warmUpFaces,
    double warmUpSeconds,
    double latencySeconds,
    List<Integer> lanes,
    List<Integer> cameras,
    Duration memory) {

  /** A quarter of an hour, and as long as memory is to be watched. */
  static Plan full(Duration memory) {
    return new Plan(
        5, 5, 8, 20, 10, 100_000, 40, 60, List.of(1, 2, 4, 8), List.of(1, 10, 100, 1000), memory);
  }

  /** Less than five minutes on two cores. */
  static Plan quick() {
    return new Plan(
        3, 3, 2, 7, 3, 60_000, 25, 10, List.of(1, 2, 4, 8), List.of(1, 1000), Duration.ZERO);
  }

  /** Seconds: for tests, which assert no figure. */
  static Plan smallest() {
    return new Plan(1, 1, 0.2, 0.5, 0.3, 500, 0.3, 2, List.of(2), List.of(10), Duration.ZERO);
  }
}
