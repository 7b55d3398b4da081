// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.emotionstream.model.Emotions;
import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.trainer.data.FaceSet;
import io.emotionstream.trainer.data.LabeledFace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImbalanceTest {
  private static final int HAPPY = 900;
  private static final int DISGUSTED = 100;

  @Test
  void leavesAllFacesOnceInAnOrderThatTheSeedGives() {
    int[] order = Imbalance.NONE.order(faces(), new SplittableRandom(1));

    assertThat(order).isEqualTo(Imbalance.NONE.order(faces(), new SplittableRandom(1)));
    assertThat(order).isNotEqualTo(Imbalance.NONE.order(faces(), new SplittableRandom(2)));
    assertThat(Arrays.stream(order).sorted().toArray())
        .isEqualTo(IntStream.range(0, HAPPY + DISGUSTED).toArray());
  }

  @Test
  void weighsFacesSoThatClassesWeighTheSame() {
    float[] weights = Imbalance.WEIGHTS.weights(faces());

    float happy = weights[Emotions.ALL.indexOf(Emotion.HAPPY)];
    float disgusted = weights[Emotions.ALL.indexOf(Emotion.DISGUST)];
    assertThat(happy * HAPPY).isCloseTo(disgusted * DISGUSTED, within(1e-3f));
    assertThat(happy * HAPPY + disgusted * DISGUSTED).isCloseTo(HAPPY + DISGUSTED, within(1e-2f));
    assertThat(weights[Emotions.ALL.indexOf(Emotion.SAD)]).isZero();
  }

  @Test
  void drawsClassesAlikeOften() {
    FaceSet faces = faces();

    int[] order = Imbalance.SAMPLING.order(faces, new SplittableRandom(1));

    long disgusted =
        Arrays.stream(order).filter(i -> faces.get(i).emotion() == Emotion.DISGUST).count();
    assertThat(order).hasSize(HAPPY + DISGUSTED);
    assertThat(disgusted).isBetween(430L, 570L);
  }

  private static FaceSet faces() {
    List<LabeledFace> faces = new ArrayList<>();
    for (int i = 0; i < HAPPY + DISGUSTED; i++) {
      Emotion emotion = i < HAPPY ? Emotion.HAPPY : Emotion.DISGUST;
      faces.add(new LabeledFace(i, emotion, new byte[FaceNormalizer.PIXELS]));
    }
    return FaceSet.of(faces);
  }
}
