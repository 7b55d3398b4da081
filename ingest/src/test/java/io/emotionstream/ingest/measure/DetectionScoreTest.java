// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.ingest.detect.Box;
import io.emotionstream.ingest.detect.DetectorKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** On three photos of dlib's examples, with the boxes that dlib publishes. */
class DetectionScoreTest {
  private static final PublishedBoxes DLIB =
      new PublishedBoxes(
          Map.of(
              "dlib_2008_002506.jpg",
              List.of(
                  new Box(329, 78, 109, 109), new Box(224, 95, 91, 91), new Box(125, 65, 90, 91)),
              "dlib_2008_001322.jpg",
              List.of(
                  new Box(104, 162, 76, 76), new Box(232, 218, 63, 63), new Box(344, 155, 90, 90)),
              "dlib_2009_004587.jpg",
              List.of(new Box(154, 46, 75, 76), new Box(266, 280, 63, 63))));

  @Test
  void blazeFaceFindsEveryFaceAndNothingElse() throws Exception {
    DetectionScore score = measure(DetectorKind.BLAZEFACE);

    assertThat(score.faces()).isEqualTo(8);
    assertThat(score.found()).isEqualTo(8);
    assertThat(score.falsePositives()).isZero();
    assertThat(score.meanOverlap()).isGreaterThan(0.7);
  }

  @Test
  void theCascadeFindsNearlyEveryFace() throws Exception {
    DetectionScore score = measure(DetectorKind.CASCADE);

    assertThat(score.found()).isGreaterThanOrEqualTo(7);
    assertThat(score.falsePositives()).isLessThanOrEqualTo(1);
  }

  private static DetectionScore measure(DetectorKind kind) throws Exception {
    return DetectionScore.measure(new DetectorSetting(kind, 48), Media.require("photos"), DLIB);
  }
}
