// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks;

import static java.util.Objects.requireNonNull;

import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.model.ModelBundle;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Cost of classifying one batch with the shipped model, by batch size; divide by the size for the
 * cost of a face.
 *
 * <p>{@code OMP_NUM_THREADS=1 benchmarks/run Inference}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class InferenceBenchmark {
  @Param({"1", "8", "32"})
  int batchSize;

  private float[][] faces = new float[0][];
  private @Nullable EmotionClassifier classifier;

  /** Loads the network and draws the batch from a fixed seed. */
  @Setup
  public void load() throws IOException {
    classifier = ModelBundle.shipped().newClassifier();
    faces = new float[batchSize][FaceNormalizer.PIXELS];
    Random random = new Random(1);
    for (float[] face : faces) {
      for (int i = 0; i < face.length; i++) {
        face[i] = random.nextFloat();
      }
    }
  }

  @TearDown
  public void free() {
    requireNonNull(classifier).close();
  }

  @Benchmark
  public float[][] classify() {
    return requireNonNull(classifier).classify(faces);
  }
}
