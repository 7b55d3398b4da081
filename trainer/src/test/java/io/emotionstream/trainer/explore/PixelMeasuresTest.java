// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.emotionstream.schemas.Emotion;
import org.junit.jupiter.api.Test;

class PixelMeasuresTest {

  @Test
  void oneGrayIsConstant() {
    PixelMeasures measures = PixelMeasures.of(DrawnFaces.constant(200));

    assertThat(measures).isEqualTo(new PixelMeasures(200, 0, 0));
    assertThat(measures.constant()).isTrue();
    assertThat(measures.nearlyBlank()).isFalse();
  }

  @Test
  void stripesHaveTheLaplacianThatAHandComputes() {
    byte[] stripes = new byte[48 * 48];
    for (int i = 0; i < stripes.length; i++) {
      stripes[i] = (byte) (i % 2 == 0 ? 100 : 104);
    }

    PixelMeasures measures = PixelMeasures.of(stripes);

    // Left and right of each pixel is the other gray: the Laplacian is +8 or -8, as often.
    assertThat(measures.brightness()).isEqualTo(102);
    assertThat(measures.contrast()).isEqualTo(2);
    assertThat(measures.sharpness()).isCloseTo(64, within(1e-9));
    assertThat(measures.nearlyBlank()).isTrue();
  }

  @Test
  void aRampIsSmooth() {
    byte[] ramp = new byte[48 * 48];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = (byte) (5 * (i % 48));
    }

    assertThat(PixelMeasures.of(ramp).sharpness()).isZero();
    assertThat(PixelMeasures.of(ramp).constant()).isFalse();
  }

  @Test
  void theMoreBlurTheLessSharpness() {
    byte[] face = new DrawnFaces(1).draw(Emotion.SURPRISE);

    double sharp = PixelMeasures.of(face).sharpness();
    double soft = PixelMeasures.of(DrawnFaces.blurred(face, 1)).sharpness();
    double softer = PixelMeasures.of(DrawnFaces.blurred(face, 3)).sharpness();

    assertThat(soft).isLessThan(sharp);
    assertThat(softer).isLessThan(soft / 2);
  }
}
