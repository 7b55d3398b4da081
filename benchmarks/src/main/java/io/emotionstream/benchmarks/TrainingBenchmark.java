// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks;

import io.emotionstream.model.Emotions;
import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.trainer.augment.Augmentation;
import io.emotionstream.trainer.augment.Augmenter;
import io.emotionstream.trainer.data.LabeledFace;
import io.emotionstream.trainer.network.Architecture;
import io.emotionstream.trainer.network.Precision;
import io.emotionstream.trainer.network.TrainingForm;
import io.emotionstream.trainer.network.TrainingNetwork;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Cost of one face in training: its augmentation, and its share of a gradient on one thread.
 *
 * <p>{@code benchmarks/run Training}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TrainingBenchmark {
  private static final int BATCH = 32;

  /** A face of noise, the same in every fork. */
  @State(Scope.Thread)
  public static class Face {
    private final Augmenter augmenter = new Augmenter(Augmentation.STANDARD, 1);
    private final byte[] pixels = new byte[FaceNormalizer.PIXELS];
    private final float[] target = new float[FaceNormalizer.PIXELS];
    private int epoch;

    @Setup
    public void draw() {
      new Random(1).nextBytes(pixels);
    }
  }

  /** A network and a batch of noise, the same in every fork. */
  @State(Scope.Thread)
  public static class Batch {
    @Param({"PAPER", "RESNET_SE"})
    Architecture architecture = Architecture.PAPER;

    @Param({"FLOAT32", "BFLOAT16"})
    Precision precision = Precision.FLOAT32;

    private final float[] faces = new float[BATCH * FaceNormalizer.PIXELS];
    private final float[] targets = new float[BATCH * Emotions.COUNT];
    private float[] gradient = new float[0];
    private TrainingNetwork network;

    @SuppressWarnings("NullAway.Init") // JMH calls create
    public Batch() {}

    @Setup
    public void create() {
      Random random = new Random(1);
      for (int i = 0; i < faces.length; i++) {
        faces[i] = random.nextFloat();
      }
      for (int n = 0; n < BATCH; n++) {
        targets[n * Emotions.COUNT + n % Emotions.COUNT] = 1;
      }
      network = architecture.newTrainingNetwork(new TrainingForm(BATCH, 0.2, 0, 0, precision));
      network.setParameters(network.initialParameters(1));
      gradient = new float[network.parameterCount()];
    }

    @TearDown
    public void close() {
      network.close();
    }
  }

  @Benchmark
  public float[] augment(Face face) {
    LabeledFace labeled = new LabeledFace(0, Emotion.HAPPY, face.pixels);
    face.augmenter.augment(labeled, face.epoch++, face.target, 0);
    return face.target;
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public float[] gradient(Batch batch) {
    batch.network.gradient(batch.faces, batch.targets, 1, batch.gradient);
    return batch.gradient;
  }
}
