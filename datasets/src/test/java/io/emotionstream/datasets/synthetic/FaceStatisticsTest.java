// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class FaceStatisticsTest {

  @Test
  void drawsTheSameAfterWritingAndReading() throws IOException {
    FaceStatistics written = Statistics.small(3);

    FaceStatistics read = FaceStatistics.read(new ByteArrayInputStream(bytes(written)));

    assertThat(bytes(read)).isEqualTo(bytes(written));
    for (int label = 0; label < FaceStatistics.CLASSES; label++) {
      assertThat(draw(read, label)).isEqualTo(draw(written, label));
    }
  }

  @Test
  void oneFlippedBitAnywhereIsNoticed() throws IOException {
    byte[] bytes = bytes(Statistics.small(3));

    for (int at = 0; at < bytes.length; at += 97) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 0x10;

      assertThatIOException()
          .as("bit flipped at byte " + at)
          .isThrownBy(() -> FaceStatistics.read(new ByteArrayInputStream(damaged)))
          .withMessageStartingWith("face statistics are ");
    }
  }

  @Test
  void cutFileIsNoticed() throws IOException {
    byte[] bytes = bytes(Statistics.small(3));

    for (int length : List.of(0, 7, 12, 5000, bytes.length - 1)) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatIOException()
          .isThrownBy(() -> FaceStatistics.read(new ByteArrayInputStream(cut)))
          .withMessageStartingWith("face statistics are damaged: ");
    }
  }

  @Test
  void anotherVersionSaysWhatToDo() throws IOException {
    byte[] bytes = bytes(Statistics.small(3));
    bytes[7] = 9;

    assertThatIOException()
        .isThrownBy(() -> FaceStatistics.read(new ByteArrayInputStream(bytes)))
        .withMessage(
            "face statistics are of version 9, this program reads version 1: fit them anew");
  }

  @Test
  void shippedStatisticsAreSmallAndComplete() throws IOException {
    FaceStatistics shipped = SyntheticFaces.shippedStatistics();

    assertThat(bytes(shipped).length).isLessThan(1_000_000);
    assertThat(shipped.expressions()).hasSize(FaceStatistics.CLASSES);
  }

  @Test
  void shippedComponentsAreOrthonormal() throws IOException {
    List<float[]> vectors =
        SyntheticFaces.shippedStatistics().components().stream().map(Component::toVector).toList();

    for (int i = 0; i < vectors.size(); i++) {
      for (int j = 0; j <= i; j++) {
        assertThat(dot(vectors.get(i), vectors.get(j)))
            .as("components %d and %d", i, j)
            .isCloseTo(i == j ? 1 : 0, within(0.03));
      }
    }
  }

  @Test
  void quantizedComponentIsWithinHalfAStep() {
    Random random = new Random(1);
    float[] vector = new float[FaceStatistics.PIXELS];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) random.nextGaussian();
    }

    Component component = Component.quantize(vector);

    float[] read = component.toVector();
    for (int i = 0; i < vector.length; i++) {
      assertThat(read[i]).isCloseTo(vector[i], within(component.scale() * 0.5001f));
    }
  }

  @Test
  void componentWithoutDirectionIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Component.quantize(new float[FaceStatistics.PIXELS]))
        .withMessage("component scale must be positive, was 0.0");
  }

  @Test
  void wrongLengthsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Expression(new float[4], new float[9]))
        .withMessage("covariance factor has 9 values, expected 10");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Component(new byte[3], 1))
        .withMessage("component has 3 values, expected 2304");
  }

  private static byte[] draw(FaceStatistics statistics, int label) {
    RandomGenerator random = new SplittableRandom(1);
    return new SyntheticFaces(statistics, new Sampling(1, 1)).draw(label, random);
  }

  private static byte[] bytes(FaceStatistics statistics) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    statistics.write(out);
    return out.toByteArray();
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
