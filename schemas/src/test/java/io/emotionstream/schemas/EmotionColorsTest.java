// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EmotionColorsTest {

  @Test
  void everyClassHasAColourOfItsOwn() {
    assertThat(Arrays.stream(Emotion.values()).map(EmotionColors::hexOf))
        .allMatch(color -> color.matches("#[0-9A-F]{6}"))
        .doesNotHaveDuplicates();
  }
}
