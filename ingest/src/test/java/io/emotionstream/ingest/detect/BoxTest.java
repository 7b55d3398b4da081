// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BoxTest {
  @Test
  void overlapsByWhatBothCover() {
    Box box = new Box(0, 0, 10, 10);

    assertThat(box.overlap(box)).isEqualTo(1);
    assertThat(box.overlap(new Box(5, 0, 10, 10))).isCloseTo(50.0 / 150, within(1e-9));
    assertThat(box.overlap(new Box(10, 0, 10, 10))).isZero();
  }

  @Test
  void tellsWhichPartLiesInThePicture() {
    assertThat(new Box(-5, 0, 10, 10).inside(100, 100)).isEqualTo(0.5);
    assertThat(new Box(95, 95, 10, 10).inside(100, 100)).isEqualTo(0.25);
    assertThat(new Box(200, 0, 10, 10).inside(100, 100)).isZero();
  }

  @Test
  void growsAroundItsCentre() {
    assertThat(new Box(10, 20, 10, 20).scaled(2)).isEqualTo(new Box(5, 10, 20, 40));
  }

  @Test
  void refusesWhatIsNoBox() {
    assertThatThrownBy(() -> new Box(0, 0, 0, 10)).hasMessageContaining("[0.0, 0.0, 0.0, 10.0]");
    assertThatThrownBy(() -> new Box(Double.NaN, 0, 1, 1)).hasMessageContaining("NaN");
  }
}
