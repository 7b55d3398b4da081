// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.ImageEncoding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SyntheticSourceTest {

  @Test
  void drawsAsManyAsTheCountOverAllCameras() throws IOException {
    assertThat(Crops.readAll(open("synthetic:?count=7", 3))).hasSize(7);
  }

  @Test
  void facesAreLabelledAnd48Square() throws IOException {
    FaceCrop crop = Crops.readAll(open("synthetic:?count=1", 1)).get(0);

    assertThat(crop.label()).isPresent();
    assertThat(crop.image().getEncoding()).isEqualTo(ImageEncoding.GRAY8);
    assertThat(crop.image().getWidth()).isEqualTo(48);
    assertThat(crop.image().getHeight()).isEqualTo(48);
    assertThat(crop.image().getData().remaining()).isEqualTo(48 * 48);
  }

  @Test
  void sameSeedShowsTheSameFaces() throws IOException {
    List<FaceCrop> first = Crops.readAll(open("synthetic:?seed=5&count=6", 2));

    assertThat(Crops.readAll(open("synthetic:?seed=5&count=6", 2))).isEqualTo(first);
    assertThat(Crops.readAll(open("synthetic:?seed=6&count=6", 2))).isNotEqualTo(first);
  }

  @Test
  void facesOfACameraDoNotDependOnTheOthers() throws IOException {
    List<FaceCrop> alone = show(open("synthetic:?seed=5", 1), 0, 4);
    FaceSource three = open("synthetic:?seed=5", 3);
    show(three, 2, 3);
    show(three, 1, 1);

    assertThat(show(three, 0, 4)).isEqualTo(alone);
  }

  @Test
  void halfOfACamerasFacesAreOfItsMoodAndEveryClassIsShown() throws IOException {
    FaceSource source = open("synthetic:", 2);

    Map<Emotion, Long> first = classes(show(source, 0, 1400));
    Map<Emotion, Long> second = classes(show(source, 1, 1400));

    // 700 of the mood, and a seventh of the other 700 for each class
    assertThat(first.get(Emotion.HAPPY)).isBetween(740L, 860L);
    assertThat(second.get(Emotion.NEUTRAL)).isBetween(740L, 860L);
    assertThat(first).hasSize(7).allSatisfy((emotion, n) -> assertThat(n).isGreaterThan(60));
  }

  @Test
  void everyClassIsAMoodOnce() {
    assertThat(SyntheticSource.MOODS).containsExactlyInAnyOrder(Emotion.values());
  }

  private static FaceSource open(String uri, int cameras) {
    return SourceSpec.parse(uri).open(cameras, skipped -> {});
  }

  private static List<FaceCrop> show(FaceSource source, int camera, int count) throws IOException {
    List<FaceCrop> crops = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      crops.add(source.next(camera).orElseThrow());
    }
    return crops;
  }

  private static Map<Emotion, Long> classes(List<FaceCrop> crops) {
    Map<Emotion, Long> classes = new EnumMap<>(Emotion.class);
    crops.forEach(crop -> classes.merge(crop.label().orElseThrow(), 1L, Long::sum));
    return classes;
  }
}
