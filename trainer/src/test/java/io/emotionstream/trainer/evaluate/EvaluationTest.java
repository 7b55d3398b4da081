// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import static io.emotionstream.schemas.Emotion.ANGRY;
import static io.emotionstream.schemas.Emotion.DISGUST;
import static io.emotionstream.schemas.Emotion.FEAR;
import static io.emotionstream.schemas.Emotion.HAPPY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.emotionstream.model.Emotions;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private final Evaluation evaluation =
      Evaluation.of(
          List.of(ANGRY, ANGRY, ANGRY, HAPPY, HAPPY, DISGUST),
          List.of(ANGRY, ANGRY, HAPPY, HAPPY, FEAR, HAPPY));

  @Test
  void countsLabelsInRowsAndPredictionsInColumns() {
    long[][] matrix = evaluation.confusionMatrix();

    assertThat(matrix[Emotions.ALL.indexOf(ANGRY)]).containsExactly(2, 0, 0, 1, 0, 0, 0);
    assertThat(matrix[Emotions.ALL.indexOf(HAPPY)]).containsExactly(0, 0, 1, 1, 0, 0, 0);
    assertThat(evaluation.count()).isEqualTo(6);
    assertThat(evaluation.accuracy()).isEqualTo(0.5);
  }

  @Test
  void doesNotShareItsCounts() {
    evaluation.confusionMatrix()[0][0] = 99;
    assertThat(evaluation.confusionMatrix()[0][0]).isEqualTo(2);
  }

  @Test
  void tellsMetricsOfEachClass() {
    ClassMetrics angry = evaluation.perClass().get(Emotions.ALL.indexOf(ANGRY));

    assertThat(angry.precision()).isEqualTo(1);
    assertThat(angry.recall()).isEqualTo(2 / 3.0, within(1e-12));
    assertThat(angry.f1()).isEqualTo(0.8, within(1e-12));
    assertThat(angry.support()).isEqualTo(3);
  }

  @Test
  void leavesUndefinedRatiosUndefined() {
    List<ClassMetrics> metrics = evaluation.perClass();

    assertThat(metrics.get(Emotions.ALL.indexOf(DISGUST)).precision()).isNaN();
    assertThat(metrics.get(Emotions.ALL.indexOf(DISGUST)).recall()).isZero();
    assertThat(metrics.get(Emotions.ALL.indexOf(FEAR)).recall()).isNaN();
    assertThat(metrics.get(4).f1()).isNaN();
    // angry 0.8, disgust 0, fear 0, happy 2 / (2 + 3); the other three are undefined
    assertThat(evaluation.macroF1()).isEqualTo((0.8 + 0.4) / 4, within(1e-12));
  }

  @Test
  void isUndefinedWithoutFaces() {
    Evaluation empty = Evaluation.of(List.of(), List.of());
    assertThat(empty.accuracy()).isNaN();
    assertThat(empty.macroF1()).isNaN();
  }

  @Test
  void refusesUnequalNumbers() {
    assertThatThrownBy(() -> Evaluation.of(List.of(ANGRY), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 labels, but 0 predictions");
  }
}
