// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emotionstream.schemas.Emotion;
import org.junit.jupiter.api.Test;

class CalibrationTest {

  @Test
  void countsRowsAsTruthAndColumnsAsPrediction() {
    long[][] counts = new long[7][7];
    counts[2][4] = 9;
    Calibration calibration = Calibration.of(1.5, 0.4, "rule", counts, "validation");
    counts[2][4] = 0;

    assertThat(calibration.confusion(Emotion.FEAR, Emotion.SAD)).isEqualTo(9);
    assertThat(calibration.confusion(Emotion.SAD, Emotion.FEAR)).isZero();
    assertThat(calibration.confusionMatrix()[2][4]).isEqualTo(9);
  }

  @Test
  void isUncertainBelowItsThresholdOnly() {
    Calibration calibration = Calibration.of(1.5, 0.5, "rule", new long[7][7], "validation");

    assertThat(calibration.isUncertain(new float[] {0.49f, 0.2f, 0.31f, 0, 0, 0, 0})).isTrue();
    assertThat(calibration.isUncertain(new float[] {0.5f, 0.2f, 0.3f, 0, 0, 0, 0})).isFalse();
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> Calibration.of(0, 0.5, "rule", new long[7][7], "validation"))
        .hasMessage("calibration: temperature must be positive, was 0.0");
    assertThatThrownBy(() -> Calibration.of(1, 1.5, "rule", new long[7][7], "validation"))
        .hasMessage("calibration: uncertainBelow must be in [0, 1], was 1.5");
    assertThatThrownBy(() -> Calibration.of(1, 0.5, "rule", new long[7][6], "validation"))
        .hasMessageStartingWith(
            "calibration: confusion must be seven rows of seven counts, was [[");
    long[][] negative = new long[7][7];
    negative[6][6] = -1;
    assertThatThrownBy(() -> Calibration.of(1, 0.5, "rule", negative, "validation"))
        .hasMessageStartingWith("calibration: confusion must not hold negative counts");
  }
}
