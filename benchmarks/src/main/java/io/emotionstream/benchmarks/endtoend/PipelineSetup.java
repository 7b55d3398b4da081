// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import io.emotionstream.benchmarks.endtoend.Question.Engine;

/**
 * How the pipeline is set up in a run.
 *
 * @param guarantee exactly_once_v2 or at_least_once
 */
record PipelineSetup(
    Engine engine, int threads, int partitions, int cameras, int maxBatch, String guarantee) {
  static final String EXACTLY_ONCE = "exactly_once_v2";
  static final String AT_LEAST_ONCE = "at_least_once";

  PipelineSetup withEngine(Engine other) {
    return new PipelineSetup(other, threads, partitions, cameras, maxBatch, guarantee);
  }

  PipelineSetup withMaxBatch(int other) {
    return new PipelineSetup(engine, threads, partitions, cameras, other, guarantee);
  }

  PipelineSetup withGuarantee(String other) {
    return new PipelineSetup(engine, threads, partitions, cameras, maxBatch, other);
  }

  PipelineSetup withCameras(int other) {
    return new PipelineSetup(engine, threads, partitions, other, maxBatch, guarantee);
  }

  /** One thread for each partition. */
  PipelineSetup withLanes(int lanes) {
    return new PipelineSetup(engine, lanes, lanes, Math.max(cameras, lanes), maxBatch, guarantee);
  }
}
