// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emotionstream.schemas.Emotion;
import org.junit.jupiter.api.Test;

class EmotionsTest {

  @Test
  void keepsTheLabelOrderOfFer2013() {
    assertThat(Emotions.names())
        .containsExactly("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral");
    assertThat(Emotions.ofLabel(3)).isEqualTo(Emotion.HAPPY);
  }

  @Test
  void takesTheLowerLabelOfATie() {
    assertThat(Emotions.top1(new float[] {0.1f, 0, 0.4f, 0.4f, 0.1f, 0, 0}))
        .isEqualTo(Emotion.FEAR);
  }

  @Test
  void refusesALabelThatDoesNotExist() {
    assertThatThrownBy(() -> Emotions.ofLabel(7))
        .hasMessage("label must be between 0 and 6, was 7");
  }
}
