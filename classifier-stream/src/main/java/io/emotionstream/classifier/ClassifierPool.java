// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.model.Calibration;
import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.model.FaceNormalizer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One warm network for each thread, shared by the thread's tasks: networks are big and not
 * thread-safe.
 *
 * <p>What it hands out belongs to the calling thread; closing that does nothing. The network of a
 * thread that died is given to the next one. Safe for use by several threads.
 */
final class ClassifierPool implements ClassifierFactory, AutoCloseable {
  private static final int WARM_UP_ROUNDS = 3;

  private final ClassifierFactory networks;
  private final int maxBatch;
  private final Map<Thread, EmotionClassifier> taken = new HashMap<>();
  private final Deque<EmotionClassifier> idle = new ArrayDeque<>();

  ClassifierPool(ClassifierFactory networks, int maxBatch) {
    this.networks = networks;
    this.maxBatch = maxBatch;
  }

  /** Makes {@code threads} networks ready, so that the first faces are as fast as the others. */
  synchronized void warmUp(int threads) throws IOException {
    while (idle.size() < threads) {
      idle.add(newNetwork());
    }
  }

  @Override
  public synchronized EmotionClassifier newClassifier() throws IOException {
    Thread thread = Thread.currentThread();
    EmotionClassifier network = taken.get(thread);
    if (network == null) {
      reclaim();
      network = idle.isEmpty() ? newNetwork() : idle.remove();
      taken.put(thread, network);
    }
    return new Lent(network);
  }

  @Override
  public Optional<Calibration> calibrationOf(String modelId) {
    return networks.calibrationOf(modelId);
  }

  /** Closes every network; no thread may still use one. */
  @Override
  public synchronized void close() {
    taken.values().forEach(EmotionClassifier::close);
    taken.clear();
    idle.forEach(EmotionClassifier::close);
    idle.clear();
  }

  private void reclaim() {
    taken.entrySet().removeIf(entry -> !entry.getKey().isAlive() && idle.add(entry.getValue()));
  }

  /** DL4J prepares itself for each batch size anew: small ones double, then the full one. */
  private EmotionClassifier newNetwork() throws IOException {
    EmotionClassifier network = networks.newClassifier();
    try {
      for (int round = 0; round < WARM_UP_ROUNDS; round++) {
        for (int size = 1; size < maxBatch; size *= 2) {
          network.classify(new float[size][FaceNormalizer.PIXELS]);
        }
        network.classify(new float[maxBatch][FaceNormalizer.PIXELS]);
      }
      return network;
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /** A thread's network in the hands of one of its tasks. */
  private record Lent(EmotionClassifier network) implements EmotionClassifier {
    @Override
    public String modelId() {
      return network.modelId();
    }

    @Override
    public float[][] classify(float[][] faces) {
      return network.classify(faces);
    }

    @Override
    public void close() {
      // The pool closes it.
    }
  }
}
