// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.trainer.data.LabeledFace;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AugmenterTest {
  private static final int SIDE = FaceNormalizer.SIDE;

  @Test
  void withoutVariationIsTheNormalizationOfServing() {
    LabeledFace face = gradient(0);

    assertThat(augment(Augmentation.NONE, face, 3))
        .containsExactly(face.normalized(), within(1e-6f));
  }

  @Test
  void dependsOnSeedEpochAndRowOnly() {
    float[] first = augment(Augmentation.STANDARD, gradient(7), 2);

    assertThat(augment(Augmentation.STANDARD, gradient(7), 2)).isEqualTo(first);
    assertThat(augment(Augmentation.STANDARD, gradient(7), 3)).isNotEqualTo(first);
    assertThat(augment(Augmentation.STANDARD, gradient(8), 2)).isNotEqualTo(first);
    float[] otherSeed = new float[FaceNormalizer.PIXELS];
    new Augmenter(Augmentation.STANDARD, 2).augment(gradient(7), 2, otherSeed, 0);
    assertThat(otherSeed).isNotEqualTo(first);
  }

  @Test
  void staysWithinZeroAndOne() {
    for (int row = 0; row < 200; row++) {
      for (float value : augment(Augmentation.STANDARD, gradient(row), 0)) {
        assertThat(value).isBetween(0f, 1f);
      }
    }
  }

  @Test
  void mirrorsAboutHalfOfTheFaces() {
    Augmentation flips = new Augmentation(true, 0, 0, 0, 0, 0, 0, 0);
    int mirrored = 0;
    for (int row = 0; row < 1000; row++) {
      float[] face = augment(flips, gradient(row), 0);
      boolean brightLeft = face[0] > face[SIDE - 1];
      mirrored += brightLeft ? 1 : 0;
      assertThat(brightLeft ? face[0] : face[SIDE - 1]).isCloseTo(47 * 5 / 255f, within(1e-5f));
    }
    assertThat(mirrored).isBetween(430, 570);
  }

  @Test
  void shiftsNoFurtherThanToldAndRepeatsTheBorder() {
    Augmentation shifts = new Augmentation(false, 0, 0, 4, 0, 0, 0, 0);
    for (int row = 0; row < 100; row++) {
      LabeledFace face = gradient(row);
      float[] shifted = augment(shifts, face, 0);
      float[] plain = face.normalized();
      for (int x = 0; x < SIDE; x++) {
        assertThat(shifted[x]).isCloseTo(plain[x], within(4 * 5 / 255f + 1e-5f));
      }
    }
  }

  @Test
  void writesAtTheOffsetOnly() {
    float[] target = new float[3 * FaceNormalizer.PIXELS];
    new Augmenter(Augmentation.STANDARD, 1).augment(gradient(1), 0, target, FaceNormalizer.PIXELS);

    assertThat(target[FaceNormalizer.PIXELS - 1]).isZero();
    assertThat(target[2 * FaceNormalizer.PIXELS]).isZero();
    assertThat(target[FaceNormalizer.PIXELS + FaceNormalizer.PIXELS / 2]).isPositive();
  }

  @Test
  void refusesVariationsOutOfRange() {
    assertThatThrownBy(() -> new Augmentation(true, -1, 0, 0, 0, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rotation")
        .hasMessageContaining("-1.0");
  }

  private static float[] augment(Augmentation augmentation, LabeledFace face, int epoch) {
    float[] target = new float[FaceNormalizer.PIXELS];
    new Augmenter(augmentation, 1).augment(face, epoch, target, 0);
    return target;
  }

  /** Returns a face that brightens from left (0) to right (235). */
  private static LabeledFace gradient(int row) {
    byte[] pixels = new byte[FaceNormalizer.PIXELS];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i % SIDE * 5);
    }
    return new LabeledFace(row, Emotion.NEUTRAL, pixels);
  }

  @Test
  void mixesPairsByAShareOfAtLeastAHalf() {
    Augmenter augmenter = new Augmenter(Augmentation.NONE.withMixup(0.4), 1);
    int count = 16;
    float[] faces = new float[count * FaceNormalizer.PIXELS];
    float[] targets = new float[count * count];
    for (int i = 0; i < count; i++) {
      Arrays.fill(faces, i * FaceNormalizer.PIXELS, (i + 1) * FaceNormalizer.PIXELS, i);
      targets[i * count + i] = 1;
    }

    augmenter.mix(faces, targets, count, 0, 0);

    for (int i = 0; i < count; i++) {
      int next = (i + 1) % count;
      float share = targets[i * count + i];
      assertThat(share).isBetween(0.5f, 1f);
      assertThat(targets[i * count + next]).isCloseTo(1 - share, within(1e-6f));
      assertThat(faces[i * FaceNormalizer.PIXELS])
          .isCloseTo(share * i + (1 - share) * next, within(1e-4f));
    }
  }
}
