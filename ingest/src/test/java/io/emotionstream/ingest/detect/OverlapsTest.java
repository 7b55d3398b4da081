// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OverlapsTest {
  @Test
  void makesOneFaceOfManyDetections() {
    List<DetectedFace> faces =
        Overlaps.blend(List.of(face(100, 0.4), face(110, 0.8), face(300, 0.6), face(104, 0.4)));

    assertThat(faces).hasSize(2);
    assertThat(faces.get(0).score()).isEqualTo(0.8);
    assertThat(faces.get(0).box().x()).isBetween(100.0, 110.0);
    assertThat(faces.get(1).box().x()).isEqualTo(300);
  }

  @Test
  void dropsThePartOfAFaceThatATileSawAtItsBorder() {
    DetectedFace whole = new DetectedFace(new Box(0, 0, 100, 100), 0.9, null);
    DetectedFace part = new DetectedFace(new Box(60, 10, 40, 40), 0.5, null);

    assertThat(Overlaps.blend(List.of(part, whole))).containsExactly(whole);
  }

  @Test
  void keepsNeighboursApart() {
    assertThat(Overlaps.blend(List.of(face(0, 0.9), face(45, 0.9)))).hasSize(2);
    assertThat(Overlaps.blend(List.of())).isEmpty();
  }

  private static DetectedFace face(double x, double score) {
    return new DetectedFace(new Box(x, 50, 50, 50), score, null);
  }
}
