// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.model.Calibration;
import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.model.ModelBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One warm network for each thread, shared by the thread's tasks: networks are big and not
 * thread-safe.
 *
 * <p>What it hands out belongs to the calling thread; closing that does nothing. The network of a
 * thread that died is given to the next one. When another model is to be used, a thread takes a
 * network of it between two batches and closes the one before. Safe for use by several threads.
 */
final class ClassifierPool implements ClassifierFactory, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClassifierPool.class);

  private final int maxBatch;
  private final Map<Thread, Network> taken = new HashMap<>();
  private final Deque<Network> idle = new ArrayDeque<>();
  private final Map<String, Calibration> calibrations = new ConcurrentHashMap<>();
  private ClassifierFactory networks;
  private String modelId;
  private int generation;

  ClassifierPool(ClassifierFactory networks, int maxBatch) {
    this.networks = networks;
    this.modelId = "";
    this.maxBatch = maxBatch;
  }

  /** A network of one of the models that were used one after another. */
  private record Network(int generation, EmotionClassifier classifier) {}

  /** Makes {@code threads} networks ready, so that the first faces are as fast as the others. */
  synchronized void warmUp(int threads) throws IOException {
    while (idle.size() < threads) {
      idle.add(newNetwork());
    }
  }

  /**
   * Gives every thread a network of another model, on the same engine, at its next batch; those
   * before stay if these cannot be made.
   *
   * @param threads networks to make ready first
   */
  void use(ModelBundle bundle, int threads) throws IOException {
    use(current().forBundle(bundle), threads);
  }

  private synchronized ClassifierFactory current() {
    return networks;
  }

  /** Gives every thread a network that {@code others} makes at its next batch. */
  void use(ClassifierFactory others, int threads) throws IOException {
    List<EmotionClassifier> ready = new ArrayList<>();
    try {
      for (int i = 0; i < threads; i++) {
        ready.add(warm(others, maxBatch));
      }
    } catch (IOException | RuntimeException e) {
      ready.forEach(EmotionClassifier::close);
      throw e;
    }
    swap(others, ready);
  }

  /** Returns the model that is to be used; empty before the first network was made. */
  synchronized String modelId() {
    return modelId;
  }

  @Override
  public synchronized EmotionClassifier newClassifier() throws IOException {
    return new Lent(networkOfThisThread());
  }

  @Override
  public Optional<Calibration> calibrationOf(String model) {
    return Optional.ofNullable(calibrations.get(model));
  }

  /** Closes every network; no thread may still use one. */
  @Override
  public synchronized void close() {
    taken.values().forEach(network -> network.classifier.close());
    taken.clear();
    closeIdle();
  }

  private synchronized void swap(ClassifierFactory others, List<EmotionClassifier> ready) {
    networks = others;
    generation++;
    closeIdle();
    ready.forEach(classifier -> idle.add(new Network(generation, classifier)));
    learn(ready.get(0));
  }

  private synchronized EmotionClassifier networkOfThisThread() throws IOException {
    Thread thread = Thread.currentThread();
    Network network = taken.get(thread);
    if (network == null || network.generation != generation) {
      reclaim();
      Network next = idle.isEmpty() ? newNetwork() : idle.remove();
      taken.put(thread, next);
      if (network != null) {
        network.classifier.close(); // only this thread used it, and it is between two batches
      }
      network = next;
    }
    return network.classifier;
  }

  private void reclaim() {
    taken
        .entrySet()
        .removeIf(
            entry -> {
              if (entry.getKey().isAlive()) {
                return false;
              }
              Network network = entry.getValue();
              if (network.generation == generation) {
                idle.add(network);
              } else {
                network.classifier.close();
              }
              return true;
            });
  }

  private void closeIdle() {
    idle.forEach(network -> network.classifier.close());
    idle.clear();
  }

  private Network newNetwork() throws IOException {
    EmotionClassifier classifier = warm(networks, maxBatch);
    learn(classifier);
    return new Network(generation, classifier);
  }

  private void learn(EmotionClassifier classifier) {
    if (!modelId.equals(classifier.modelId())) {
      LOG.info(
          "model {} computes by {}, batches up to {}",
          classifier.modelId(),
          classifier.engine(),
          maxBatch);
    }
    modelId = classifier.modelId();
    networks
        .calibrationOf(modelId)
        .ifPresent(calibration -> calibrations.put(modelId, calibration));
  }

  private static EmotionClassifier warm(ClassifierFactory networks, int maxBatch)
      throws IOException {
    EmotionClassifier network = networks.newClassifier();
    try {
      network.warmUp(maxBatch);
      return network;
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /** A thread's network in the hands of one of its tasks. */
  private final class Lent implements SwappableClassifier {
    private EmotionClassifier network;

    Lent(EmotionClassifier network) {
      this.network = network;
    }

    @Override
    public void takeCurrent() {
      try {
        network = networkOfThisThread();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String modelId() {
      return network.modelId();
    }

    @Override
    public String engine() {
      return network.engine();
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
