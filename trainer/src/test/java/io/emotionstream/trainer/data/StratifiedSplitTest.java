// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emotionstream.model.Emotions;
import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.schemas.Emotion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StratifiedSplitTest {
  @Test
  void holdsOutTheSameShareOfEachClass() {
    List<LabeledFace> faces = new ArrayList<>();
    for (Emotion emotion : Emotions.ALL) {
      for (int i = 0; i < 10 * (Emotions.ALL.indexOf(emotion) + 1); i++) {
        faces.add(face(faces.size(), emotion, faces.size()));
      }
    }

    StratifiedSplit split = StratifiedSplit.of(FaceSet.of(faces), 0.1, 1);

    assertThat(split.training().size() + split.validation().size()).isEqualTo(faces.size());
    for (Emotion emotion : Emotions.ALL) {
      assertThat(split.validation().faces())
          .filteredOn(face -> face.emotion() == emotion)
          .hasSize(Emotions.ALL.indexOf(emotion) + 1);
    }
    assertThat(rows(split.training())).doesNotContainAnyElementsOf(rows(split.validation()));
    assertThat(rows(split.training())).isSorted();
  }

  @Test
  void keepsIdenticalFacesTogetherWhateverTheirLabels() {
    List<LabeledFace> faces = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      faces.add(face(i, i % 3 == 0 ? Emotion.SAD : Emotion.FEAR, i / 2));
    }

    StratifiedSplit split = StratifiedSplit.of(FaceSet.of(faces), 0.25, 5);

    Set<Integer> pictures = new HashSet<>();
    rows(split.validation()).forEach(row -> pictures.add(row / 2));
    assertThat(split.validation().size()).isBetween(90, 100).isEqualTo(2 * pictures.size());
  }

  @Test
  void dependsOnTheSeedOnly() {
    List<LabeledFace> faces = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      faces.add(face(i, Emotion.HAPPY, i));
    }
    FaceSet set = FaceSet.of(faces);

    List<Integer> first = rows(StratifiedSplit.of(set, 0.2, 3).validation());

    assertThat(rows(StratifiedSplit.of(set, 0.2, 3).validation())).isEqualTo(first);
    assertThat(rows(StratifiedSplit.of(set, 0.2, 4).validation())).isNotEqualTo(first);
  }

  @Test
  void refusesToHoldOutEverything() {
    FaceSet none = FaceSet.of(List.of());
    assertThatThrownBy(() -> StratifiedSplit.of(none, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.0");
  }

  private static List<Integer> rows(FaceSet faces) {
    return faces.faces().stream().map(LabeledFace::row).toList();
  }

  private static LabeledFace face(int row, Emotion emotion, int picture) {
    byte[] pixels = new byte[FaceNormalizer.PIXELS];
    pixels[0] = (byte) picture;
    pixels[1] = (byte) (picture >> 8);
    return new LabeledFace(row, emotion, pixels);
  }
}
