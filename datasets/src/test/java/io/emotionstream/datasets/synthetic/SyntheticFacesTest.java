// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SyntheticFacesTest {
  private static final int HAPPY = 3;
  private static final int SURPRISE = 5;

  @Test
  void sameSeedDrawsSameBytes() throws IOException {
    SyntheticFaces faces = SyntheticFaces.shipped();
    SyntheticFaces again = SyntheticFaces.shipped();

    byte[] first = faces.draw(HAPPY, seeded(42));
    byte[] second = again.draw(HAPPY, seeded(42));

    assertThat(first).hasSize(48 * 48).isEqualTo(second);
  }

  @Test
  void seedsAndLabelsDrawDifferentFaces() throws IOException {
    SyntheticFaces faces = SyntheticFaces.shipped();

    byte[] face = faces.draw(HAPPY, seeded(42));

    assertThat(faces.draw(HAPPY, seeded(43))).isNotEqualTo(face);
    assertThat(faces.draw(SURPRISE, seeded(42))).isNotEqualTo(face);
  }

  @Test
  void oneGeneratorDrawsOneFaceAfterTheOther() throws IOException {
    SyntheticFaces faces = SyntheticFaces.shipped();
    RandomGenerator random = seeded(1);

    byte[] first = faces.draw(HAPPY, random);
    byte[] second = faces.draw(HAPPY, random);

    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void drawnFacesHaveTheBrightnessOfTheFittedOnes() throws IOException {
    SyntheticFaces faces = SyntheticFaces.shipped();
    RandomGenerator random = seeded(7);

    double sum = 0;
    for (int i = 0; i < 700; i++) {
      sum += mean(faces.draw(i % FaceStatistics.CLASSES, random));
    }

    assertThat(sum / 700).isCloseTo(129.5, within(5.0));
  }

  @Test
  void temperatureZeroDrawsTheClassMeanEachTime() {
    SyntheticFaces faces = new SyntheticFaces(Statistics.small(1), new Sampling(0, 1));

    byte[] first = faces.draw(HAPPY, seeded(1));

    assertThat(faces.draw(HAPPY, seeded(2))).isEqualTo(first);
    assertThat(faces.draw(SURPRISE, seeded(1))).isNotEqualTo(first);
  }

  @Test
  void exaggerationZeroTakesAwayWhatSetsClassesApart() {
    SyntheticFaces faces = new SyntheticFaces(Statistics.small(1), new Sampling(0, 0));

    assertThat(faces.draw(HAPPY, seeded(1))).isEqualTo(faces.draw(SURPRISE, seeded(1)));
  }

  @Test
  void drawnCoordinatesFollowTheFittedGaussian() {
    // One component, class mean 2, deviation 3; the mean face and all else are zero. So a face is
    // plus or minus the component, and which of them tells the sign of the coordinate.
    SyntheticFaces faces = new SyntheticFaces(Statistics.oneComponent(2, 3), new Sampling(1, 1));
    RandomGenerator random = seeded(5);

    int positive = 0;
    for (int i = 0; i < 4000; i++) {
      byte[] face = faces.draw(HAPPY, random);
      positive += (face[0] & 0xFF) > (face[1] & 0xFF) ? 1 : 0;
    }

    assertThat(positive / 4000.0).isCloseTo(0.7475, within(0.03)); // Phi(2 / 3)
  }

  @Test
  void unknownLabelIsRefused() throws IOException {
    SyntheticFaces faces = SyntheticFaces.shipped();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> faces.draw(7, seeded(1)))
        .withMessage("label must be between 0 and 6, was 7");
  }

  @Test
  void samplingOutOfRangeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sampling(-0.1, 1))
        .withMessage("sampling temperature must be between 0 and 100, was -0.1");
    assertThatIllegalArgumentException().isThrownBy(() -> new Sampling(1, Double.NaN));
  }

  private static RandomGenerator seeded(long seed) {
    return new SplittableRandom(seed);
  }

  private static double mean(byte[] face) {
    double sum = 0;
    for (byte pixel : face) {
      sum += pixel & 0xFF;
    }
    return sum / face.length;
  }
}
