// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import io.emotionstream.benchmarks.endtoend.Question.Engine;
import io.emotionstream.benchmarks.endtoend.Question.RunNetwork;
import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.model.FaceNormalizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Networks that classify drawn faces as fast as they can, one network a thread, nothing else. */
final class BareNetwork {
  private static final double WARM_UP_SECONDS = 0.5;

  /** Makes networks. */
  @FunctionalInterface
  interface Factory {
    EmotionClassifier newNetwork(Engine engine) throws IOException;
  }

  private final Factory factory;
  private final long seed;

  /** Threads stay: what one has allocated is forgotten when it ends. */
  private final ExecutorService executor =
      new ThreadPoolExecutor(
          0, Integer.MAX_VALUE, 1, TimeUnit.DAYS, new SynchronousQueue<>(), BareNetwork::daemon);

  private final Map<Engine, List<EmotionClassifier>> networks = new EnumMap<>(Engine.class);

  BareNetwork(Factory factory, long seed) {
    this.factory = factory;
    this.seed = seed;
  }

  /** Returns what the process did while all threads were at it, after a short warm-up. */
  Sample run(RunNetwork run) throws IOException, InterruptedException, ExecutionException {
    List<EmotionClassifier> ready =
        networks.computeIfAbsent(run.engine(), key -> new ArrayList<>());
    while (ready.size() < run.threads()) {
      ready.add(factory.newNetwork(run.engine()));
    }
    float[][] faces = draw(run.batch());
    classifyFor(WARM_UP_SECONDS, run.threads(), ready, faces);
    Sample before = Resources.sample(0, 0, 0);
    long batches = classifyFor(run.seconds(), run.threads(), ready, faces);
    return Resources.sample(batches * run.batch(), batches, 0).minus(before);
  }

  private long classifyFor(
      double seconds, int threads, List<EmotionClassifier> networks, float[][] faces)
      throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    List<Future<Long>> counts = new ArrayList<>();
    for (EmotionClassifier network : networks.subList(0, threads)) {
      counts.add(
          executor.submit(
              () -> {
                long batches = 0;
                for (; System.nanoTime() < end; batches++) {
                  network.classify(faces);
                }
                return batches;
              }));
    }
    long sum = 0;
    for (Future<Long> count : counts) {
      sum += count.get();
    }
    return sum;
  }

  private static Thread daemon(Runnable runnable) {
    Thread thread = new Thread(runnable, "bare-network");
    thread.setDaemon(true);
    return thread;
  }

  private float[][] draw(int batch) {
    RandomGenerator random = new SplittableRandom(seed);
    float[][] faces = new float[batch][FaceNormalizer.PIXELS];
    for (float[] face : faces) {
      for (int i = 0; i < face.length; i++) {
        face[i] = random.nextFloat();
      }
    }
    return faces;
  }
}
