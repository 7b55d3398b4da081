// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PlannedClassifierTest {
  private static final int THREADS = 6;

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of("paper", Networks.paper()),
        Arguments.of("residual", Networks.residual()),
        Arguments.of("pre-activation", Networks.preActivation()),
        Arguments.of("mobile", Networks.mobile()),
        Arguments.of("odd", odd()));
  }

  /** Kernels, strides and padding that do not divide the sides. */
  private static ComputationGraph odd() {
    return Networks.start()
        .layer(
            new ConvolutionLayer.Builder(5, 3)
                .stride(3, 2)
                .padding(1, 0)
                .nIn(1)
                .nOut(6)
                .activation(Activation.RELU)
                .build())
        .layer(
            new ConvolutionLayer.Builder(3, 3)
                .convolutionMode(ConvolutionMode.Same)
                .nIn(6)
                .nOut(1)
                .activation(Activation.SIGMOID)
                .build())
        .layer(
            new SubsamplingLayer.Builder(PoolingType.MAX)
                .kernelSize(3, 3)
                .stride(2, 2)
                .convolutionMode(ConvolutionMode.Same)
                .build())
        .convolve(4, 2, 5)
        .end();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void answersAsPlainDl4j(String name, ComputationGraph network) throws UnknownLayerException {
    float[][] faces = Networks.faces(70);
    float[][] expected = plain(network, faces);
    // Far less than the faces' answers differ from each other, else a mix-up would pass.
    float tolerance = Math.min(1e-5f, spread(expected) / 4);

    try (EmotionClassifier planned = new PlannedClassifier(name, ServingGraph.of(network))) {
      for (int count : new int[] {70, 1, 2, 3, 5, 17, 31, 64}) {
        float[][] some = Arrays.copyOf(faces, count);

        float[][] actual = planned.classify(some);

        for (int i = 0; i < count; i++) {
          assertThat(actual[i])
              .as("face %d of %d", i, count)
              .containsExactly(expected[i], within(tolerance));
        }
      }
    }
  }

  @Test
  void foldsEachBatchNormalizationThatFollowsAConvolution() throws UnknownLayerException {
    assertThat(ServingGraph.of(Networks.residual()).steps())
        .noneMatch(Step.Normalize.class::isInstance);
    assertThat(ServingGraph.of(Networks.preActivation()).steps())
        .filteredOn(Step.Normalize.class::isInstance)
        .hasSizeLessThan(4);
  }

  @Test
  void namesTheLayerThatItDoesNotKnow() {
    ComputationGraph network =
        Networks.start().convolve(3, 1, 4).layer(new LocalResponseNormalization()).end();

    assertThatThrownBy(() -> ServingGraph.of(network))
        .isInstanceOf(UnknownLayerException.class)
        .hasMessage("layer LocalResponseNormalization2: unknown kind LocalResponseNormalization");
  }

  /** A bundle's network is not shared: each thread has a classifier of its own. */
  @Test
  void answersAlikeBitForBitInManyThreads() throws Exception {
    ServingGraph graph = ServingGraph.of(Networks.residual());
    float[][] faces = Networks.faces(40);
    float[][] alone = answersInBatches(graph, faces);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<float[][]>> answers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        answers.add(threads.submit(() -> answersInBatches(graph, faces)));
      }

      for (Future<float[][]> answer : answers) {
        assertThat(answer.get(2, TimeUnit.MINUTES)).isDeepEqualTo(alone);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static float[][] answersInBatches(ServingGraph graph, float[][] faces) {
    List<float[]> answers = new ArrayList<>();
    try (EmotionClassifier classifier = new PlannedClassifier("residual", graph)) {
      for (int round = 0; round < 20; round++) {
        for (int size = 1; size <= 17; size += 4) {
          answers.addAll(
              List.of(classifier.classify(Arrays.copyOfRange(faces, round, round + size))));
        }
      }
    }
    return answers.toArray(float[][]::new);
  }

  @Test
  void needsLittleHeapAndNoMoreNativeMemoryHoweverOftenItIsCalled() throws UnknownLayerException {
    float[][] faces = Networks.faces(9);
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    int calls = 2000;
    try (EmotionClassifier classifier =
        new PlannedClassifier("paper", ServingGraph.of(Networks.paper()))) {
      classifier.warmUp(9);
      long nativeBytes = Pointer.totalBytes();
      long heap = threads.getThreadAllocatedBytes(Thread.currentThread().getId());

      for (int i = 0; i < calls; i++) {
        classifier.classify(i % 2 == 0 ? faces : new float[][] {faces[0]});
      }

      assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(nativeBytes + (1 << 20));
      assertThat((threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - heap) / calls)
          .isLessThan(50_000);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 16, 17, 31, 33, 63, 64, 65, 200})
  void cutsABatchSoThatLittleIsWasted(int count) {
    int computed = 0;
    int calls = 0;
    for (int left = count; left > 0; left -= BatchSizes.first(left)) {
      computed += BatchSizes.first(left);
      calls++;
    }

    assertThat(computed).isBetween(count, count + Math.max(1, count / 8));
    assertThat(computed + 1.5 * calls).isLessThan(1.2 * count + 2.1);
  }

  private static float[][] plain(ComputationGraph network, float[][] faces) {
    float[] flat = new float[faces.length * FaceNormalizer.PIXELS];
    for (int i = 0; i < faces.length; i++) {
      System.arraycopy(faces[i], 0, flat, i * FaceNormalizer.PIXELS, FaceNormalizer.PIXELS);
    }
    try (INDArray input = Nd4j.create(flat, new long[] {faces.length, 1, 48, 48}, 'c')) {
      return network.outputSingle(input).toFloatMatrix();
    }
  }

  private static float spread(float[][] answers) {
    float spread = 0;
    for (float[] answer : answers) {
      spread = Math.max(spread, Math.abs(answer[0] - answers[0][0]));
    }
    return spread;
  }
}
