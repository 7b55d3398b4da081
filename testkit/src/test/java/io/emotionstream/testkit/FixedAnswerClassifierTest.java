// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.emotionstream.schemas.Emotion;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FixedAnswerClassifierTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final FixedAnswerClassifier classifier = new FixedAnswerClassifier();

  @Test
  void answersProbabilitiesThatSumToOneInTheOrderOfTheFaces() {
    float[][] faces = {face(Emotion.FEAR), face(Emotion.HAPPY)};

    float[][] answers = classifier.classify(faces);

    assertThat(answers[0][Emotion.FEAR.ordinal()]).isEqualTo(0.7f);
    assertThat(answers[1][Emotion.HAPPY.ordinal()]).isEqualTo(0.7f);
    for (float[] answer : answers) {
      double sum = 0;
      for (float probability : answer) {
        sum += probability;
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void answersNaNForAFaceThatAsksForIt() {
    float[] face = Faces.frame("lobby", NOON).answeredWithNaN().normalized();

    float[][] answers = classifier.classify(new float[][] {face, face(Emotion.SAD)});

    assertThat(answers[0]).containsOnly(Float.NaN);
    assertThat(answers[1]).isEqualTo(FixedAnswerClassifier.answerFor(Emotion.SAD));
  }

  @Test
  void oneFailingFaceFailsItsBatch() {
    float[] face = Faces.frame("lobby", NOON).failingClassifier().normalized();

    assertThatIllegalStateException()
        .isThrownBy(() -> classifier.classify(new float[][] {face(Emotion.SAD), face}));
  }

  @Test
  void countsItsBatches() {
    classifier.classify(new float[][] {face(Emotion.SAD), face(Emotion.SAD)});
    classifier.classify(new float[][] {face(Emotion.SAD)});

    assertThat(classifier.batchSizes()).containsExactly(2, 1);
  }

  @Test
  void refusesAFaceOfAnotherSizeAndWorkAfterItsEnd() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> classifier.classify(new float[][] {new float[3]}))
        .withMessageContaining("2304");

    classifier.close();

    assertThat(classifier.isClosed()).isTrue();
    assertThatIllegalStateException()
        .isThrownBy(() -> classifier.classify(new float[][] {face(Emotion.SAD)}));
  }

  private static float[] face(Emotion emotion) {
    return Faces.frame("lobby", NOON).showing(emotion).normalized();
  }
}
