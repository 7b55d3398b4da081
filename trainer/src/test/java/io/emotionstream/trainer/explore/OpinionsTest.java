// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.explore;

import static io.emotionstream.datasets.fer2013.Usage.PUBLIC_TEST;
import static io.emotionstream.datasets.fer2013.Usage.TRAINING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.emotionstream.datasets.ferplus.FaceVotes;
import io.emotionstream.datasets.ferplus.FerPlus;
import io.emotionstream.datasets.ferplus.Vote;
import io.emotionstream.schemas.Emotion;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpinionsTest {
  private final DrawnFaces drawn = new DrawnFaces(11);

  @Test
  void onlyConfidentContradictionsAreDoubts() {
    drawn
        .add(TRAINING, Emotion.HAPPY, shade(40)) // agrees
        .add(TRAINING, Emotion.SAD, shade(40)) // contradicts
        .add(PUBLIC_TEST, Emotion.SAD, shade(200)) // contradicts, but is not sure
        .add(PUBLIC_TEST, Emotion.FEAR, DrawnFaces.constant(40)); // not asked

    ModelOpinion opinion =
        ModelOpinion.ask(new HappyInTheDark(), drawn.faces(), drawn.measures(), 0.8);

    assertThat(opinion.doubts())
        .containsExactly(new LabelDoubt(1, Emotion.HAPPY, HappyInTheDark.SURE));
    assertThat(opinion.agreement())
        .containsOnly(Map.entry(TRAINING, 0.5), Map.entry(PUBLIC_TEST, 0.0));
    assertThat(opinion.modelId()).isEqualTo(HappyInTheDark.MODEL_ID);
  }

  @Test
  void votersAgreeOrPreferAnother() {
    drawn
        .add(TRAINING, Emotion.HAPPY, shade(1))
        .add(TRAINING, Emotion.HAPPY, shade(2))
        .add(TRAINING, Emotion.FEAR, shade(3))
        .add(TRAINING, Emotion.FEAR, shade(4))
        .add(TRAINING, Emotion.FEAR, shade(5))
        .add(TRAINING, Emotion.FEAR, shade(6))
        .add(TRAINING, Emotion.SAD, shade(7));
    FerPlus votes =
        new FerPlus(
            Map.of(
                0, new FaceVotes(Map.of(Vote.HAPPINESS, 9, Vote.NEUTRAL, 1)),
                1, new FaceVotes(Map.of(Vote.NEUTRAL, 6, Vote.HAPPINESS, 4)),
                2, new FaceVotes(Map.of(Vote.SURPRISE, 10)),
                3, new FaceVotes(Map.of(Vote.FEAR, 5, Vote.SURPRISE, 5)), // a tie
                4, new FaceVotes(Map.of(Vote.NOT_A_FACE, 10)),
                5, new FaceVotes(Map.of(Vote.CONTEMPT, 7, Vote.FEAR, 3)))); // none of the seven

    CrowdOpinion opinion = CrowdOpinion.of(votes, drawn.faces());

    assertThat(opinion.faces()).isEqualTo(6);
    assertThat(opinion.doubts())
        .containsExactly(
            new LabelDoubt(2, Emotion.SURPRISE, 1), new LabelDoubt(1, Emotion.NEUTRAL, 0.6));
    assertThat(opinion.unanimous()).isEqualTo(1);
    assertThat(opinion.notFaces()).isEqualTo(List.of(4));
    assertThat(opinion.agreement(Emotion.HAPPY)).isEqualTo(0.5);
    assertThat(opinion.agreement(Emotion.FEAR)).isZero();
    assertThat(opinion.agreement(Emotion.SAD)).isNaN();
    assertThat(opinion.agreement()).isCloseTo(1 / 3.0, within(1e-9));
  }

  /** Returns a picture around a gray level that is not constant. */
  private static byte[] shade(int gray) {
    byte[] pixels = DrawnFaces.constant(gray);
    pixels[0]++;
    return pixels;
  }
}
