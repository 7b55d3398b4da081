// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.explore;

import static io.emotionstream.datasets.fer2013.Usage.PRIVATE_TEST;
import static io.emotionstream.datasets.fer2013.Usage.PUBLIC_TEST;
import static io.emotionstream.datasets.fer2013.Usage.TRAINING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.emotionstream.schemas.Emotion;
import io.emotionstream.trainer.data.FoundFace;
import io.emotionstream.trainer.synthetic.PrincipalComponents;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CopiesTest {
  private final DrawnFaces drawn = new DrawnFaces(7);

  @Test
  void identicalFacesAreGroupedWithTheirConflictsAndLeaks() {
    byte[] one = drawn.draw(Emotion.HAPPY);
    byte[] two = drawn.draw(Emotion.SAD);
    byte[] three = drawn.draw(Emotion.FEAR);
    drawn
        .add(TRAINING, Emotion.HAPPY, one)
        .add(TRAINING, Emotion.SAD, two)
        .add(TRAINING, Emotion.FEAR, two.clone()) // another label
        .add(PUBLIC_TEST, Emotion.HAPPY, one.clone()) // leaks
        .add(PUBLIC_TEST, Emotion.FEAR, three)
        .add(PRIVATE_TEST, Emotion.FEAR, three.clone()) // not from Training
        .add(TRAINING, Emotion.ANGRY, DrawnFaces.constant(0))
        .add(PUBLIC_TEST, Emotion.ANGRY, DrawnFaces.constant(0)); // shows nothing
    List<FoundFace> faces = drawn.faces();

    ExactCopies copies = ExactCopies.of(faces, drawn.measures());

    assertThat(copies.groups()).containsExactly(List.of(0, 3), List.of(1, 2), List.of(4, 5));
    assertThat(copies.conflicting(faces)).containsExactly(List.of(1, 2));
    assertThat(copies.acrossSplits(faces)).containsExactly(List.of(0, 3), List.of(4, 5));
    assertThat(copies.copiesOfTraining(faces)).containsExactly(3);
  }

  @Test
  void nearCopiesAreExactlyThePairsThatComparingAllFinds() {
    List<byte[]> pictures = new ArrayList<>();
    for (int i = 0; i < 1100; i++) { // more than a block
      pictures.add(drawn.draw(Emotion.values()[i % 7]));
    }
    for (int i = 0; i < 40; i++) {
      pictures.add(drawn.retouched(pictures.get(i * 27)));
    }
    pictures.add(DrawnFaces.constant(90));
    int[] chosen = IntStream.range(0, pictures.size()).filter(i -> i != 5).toArray();
    float[][] basis = basis(pictures, 24);

    List<NearPair> pairs = new NearCopies(basis, 0.95).find(pictures, chosen);

    List<NearPair> expected = new ArrayList<>();
    for (int first : chosen) {
      for (int second : chosen) {
        double correlation =
            first < second ? NearCopies.correlation(pictures.get(first), pictures.get(second)) : 0;
        if (correlation >= 0.95) {
          expected.add(new NearPair(first, second, correlation));
        }
      }
    }
    assertThat(pairs).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(pairs).extracting(NearPair::second).contains(1100, 1101, 1139);
    assertThat(pairs)
        .isSortedAccordingTo((a, b) -> Double.compare(b.correlation(), a.correlation()));
  }

  @Test
  void lightAloneMakesNoDifference() {
    byte[] dim = {0, 10, 20, 40};
    byte[] face = new byte[48 * 48];
    byte[] bright = new byte[48 * 48];
    byte[] negative = new byte[48 * 48];
    for (int i = 0; i < face.length; i++) {
      face[i] = dim[i % 4];
      bright[i] = (byte) (2 * dim[i % 4] + 100);
      negative[i] = (byte) (200 - dim[i % 4]);
    }

    assertThat(NearCopies.correlation(face, bright)).isCloseTo(1, within(1e-12));
    assertThat(NearCopies.correlation(face, negative)).isCloseTo(-1, within(1e-12));
    assertThat(NearCopies.correlation(face, DrawnFaces.constant(7))).isZero();
  }

  @Test
  void thresholdsOutOfRangeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NearCopies(new float[0][], 1))
        .withMessage("the correlation of near duplicates must be between 0 and 1, was 1.0");
  }

  /** Returns the strongest components of some of the pictures: any orthonormal vectors would do. */
  private static float[][] basis(List<byte[]> pictures, int count) {
    Random random = new Random(3);
    float[][] faces = new float[200][48 * 48];
    for (float[] face : faces) {
      byte[] picture = pictures.get(random.nextInt(pictures.size()));
      for (int i = 0; i < face.length; i++) {
        face[i] = (picture[i] & 0xFF) / 255f;
      }
    }
    return PrincipalComponents.unmirrored(faces, count).vectors();
  }
}
