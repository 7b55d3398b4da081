// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import io.emotionstream.model.EmotionClassifier;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what stream threads pass through a network and the CPU time they spend inside of it;
 * warming up, which another thread does, is not counted.
 */
final class CountingNetwork implements EmotionClassifier {

  /** The sums over all networks of a process. */
  record Counters(LongAdder faces, LongAdder batches, LongAdder nanos) {
    Counters() {
      this(new LongAdder(), new LongAdder(), new LongAdder());
    }

    Sample sample() {
      return Resources.sample(faces.sum(), batches.sum(), nanos.sum());
    }
  }

  private final EmotionClassifier network;
  private final Counters counters;

  CountingNetwork(EmotionClassifier network, Counters counters) {
    this.network = network;
    this.counters = counters;
  }

  @Override
  public String modelId() {
    return network.modelId();
  }

  @Override
  public void warmUp(int maxBatch) {
    network.warmUp(maxBatch);
  }

  @Override
  public float[][] classify(float[][] faces) {
    if (!Resources.isStreamThread(Thread.currentThread().getName())) {
      return network.classify(faces);
    }
    long before = Resources.threadCpuNanos();
    float[][] answers = network.classify(faces);
    counters.nanos.add(Resources.threadCpuNanos() - before);
    counters.batches.increment();
    counters.faces.add(faces.length);
    return answers;
  }

  @Override
  public void close() {
    network.close();
  }
}
