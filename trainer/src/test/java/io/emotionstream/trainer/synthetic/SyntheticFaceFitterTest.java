// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.emotionstream.datasets.synthetic.FaceStatistics;
import io.emotionstream.datasets.synthetic.Sampling;
import io.emotionstream.datasets.synthetic.SyntheticFaces;
import io.emotionstream.model.Emotions;
import io.emotionstream.trainer.data.FaceSet;
import io.emotionstream.trainer.data.LabeledFace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SyntheticFaceFitterTest {
  private static final int HAPPY = 3;
  private static final int SURPRISE = 5;

  @Test
  void facesOfTheFitLookLikeThoseItWasFittedTo() throws Exception {
    SyntheticFaces original =
        new SyntheticFaces(SyntheticFaces.shippedStatistics(), new Sampling(0.3, 3));
    List<LabeledFace> drawn = draw(original, 700);
    for (int i = 0; i < 5; i++) {
      drawn.add(new LabeledFace(700 + i, Emotions.ofLabel(i), new byte[48 * 48])); // blank
    }

    FaceStatistics fitted = new SyntheticFaceFitter(12).fit(FaceSet.of(drawn));

    // Contrasts vary little at this temperature; a blank face would have lowered both.
    assertThat(fitted.brightness().mean()).isCloseTo(129.5f, within(4f));
    assertThat(fitted.logContrast().mean()).isCloseTo(3.95f, within(0.1f));
    SyntheticFaces means = new SyntheticFaces(fitted, new Sampling(0, 1));
    SyntheticFaces originals =
        new SyntheticFaces(SyntheticFaces.shippedStatistics(), new Sampling(0, 3));
    byte[] happy = means.draw(HAPPY, seeded());
    assertThat(correlation(happy, originals.draw(HAPPY, seeded()))).isGreaterThan(0.95);
    assertThat(correlation(happy, originals.draw(HAPPY, seeded())))
        .isGreaterThan(correlation(happy, originals.draw(SURPRISE, seeded())));
  }

  @Test
  void fewerFacesThanComponentsAreRefused() throws Exception {
    FaceSet faces = FaceSet.of(draw(SyntheticFaces.shipped(), 7));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SyntheticFaceFitter(8).fit(faces))
        .withMessage(
            "8 components need as many faces, got 7 that are not blank: lower the components");
  }

  @Test
  void componentsOutOfRangeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SyntheticFaceFitter(257))
        .withMessage("components must be between 1 and 256, was 257");
  }

  private static List<LabeledFace> draw(SyntheticFaces faces, int count) {
    RandomGenerator random = seeded();
    List<LabeledFace> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drawn.add(new LabeledFace(i, Emotions.ofLabel(i % 7), faces.draw(i % 7, random)));
    }
    return drawn;
  }

  private static RandomGenerator seeded() {
    return new SplittableRandom(11);
  }

  private static double correlation(byte[] a, byte[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    double meanA = mean(a);
    double meanB = mean(b);
    for (int i = 0; i < a.length; i++) {
      double da = (a[i] & 0xFF) - meanA;
      double db = (b[i] & 0xFF) - meanB;
      ab += da * db;
      aa += da * da;
      bb += db * db;
    }
    return ab / Math.sqrt(aa * bb);
  }

  private static double mean(byte[] face) {
    double sum = 0;
    for (byte pixel : face) {
      sum += pixel & 0xFF;
    }
    return sum / face.length;
  }
}
