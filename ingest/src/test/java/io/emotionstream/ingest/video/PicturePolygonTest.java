// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.emotionstream.ingest.video.PicturePolygon.Corner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PicturePolygonTest {
  private static final PicturePolygon DOOR_L =
      polygon(0.2, 0.2, 0.8, 0.2, 0.8, 0.4, 0.4, 0.4, 0.4, 0.8, 0.2, 0.8);

  @Test
  void dentsAreNotInside() {
    assertThat(DOOR_L.contains(0.3, 0.7)).isTrue();
    assertThat(DOOR_L.contains(0.7, 0.3)).isTrue();
    assertThat(DOOR_L.contains(0.6, 0.6)).isFalse();
    assertThat(DOOR_L.contains(0.1, 0.5)).isFalse();
  }

  @Test
  void directionMakesNoDifference() {
    List<Corner> reversed = new ArrayList<>(DOOR_L.corners());
    Collections.reverse(reversed);
    PicturePolygon other = new PicturePolygon(reversed);
    Random random = new Random(1);

    for (int i = 0; i < 1000; i++) {
      double x = random.nextDouble();
      double y = random.nextDouble();
      assertThat(other.contains(x, y)).isEqualTo(DOOR_L.contains(x, y));
    }
  }

  @Test
  void rectangleIsTheSameAsAnArea() {
    PicturePolygon drawn = polygon(0.25, 0.5, 0.75, 0.5, 0.75, 1, 0.25, 1);
    PictureArea area = new PictureArea(0.25, 0.5, 0.5, 0.5);

    for (int i = 0; i <= 100; i++) {
      for (int j = 0; j <= 100; j++) {
        double x = i / 100.0 + 0.001;
        double y = j / 100.0 + 0.001;
        assertThat(drawn.contains(x, y)).as("%s, %s", x, y).isEqualTo(area.contains(x, y));
      }
    }
  }

  @Test
  void middleOfAStarIsInside() {
    List<Corner> corners =
        IntStream.range(0, 5)
            .mapToObj(i -> 2 * Math.PI * 2 * i / 5)
            .map(angle -> new Corner(0.5 + 0.4 * Math.sin(angle), 0.5 + 0.4 * Math.cos(angle)))
            .toList();

    assertThat(new PicturePolygon(corners).contains(0.5, 0.5)).isTrue();
  }

  @Test
  void whatEnclosesNothingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> polygon(0, 0, 1, 1))
        .withMessage("a polygon has 3 to 1000 corners, was 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> polygon(0.1, 0.1, 0.5, 0.5, 0.9, 0.9))
        .withMessageStartingWith("a polygon encloses nothing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> polygon(0, 0, 1, 0, 1, 1.5))
        .withMessage("a corner is [x, y] in fractions of the picture from 0 to 1, was [1.0, 1.5]");
    assertThatIllegalArgumentException().isThrownBy(() -> new Corner(Double.NaN, 0));
  }

  private static PicturePolygon polygon(double... values) {
    List<Corner> corners = new ArrayList<>();
    for (int i = 0; i < values.length; i += 2) {
      corners.add(new Corner(values[i], values[i + 1]));
    }
    return new PicturePolygon(corners);
  }
}
