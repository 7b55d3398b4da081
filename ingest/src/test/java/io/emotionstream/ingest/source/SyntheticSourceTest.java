// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.ImageEncoding;
import java.io.IOException;
import java.nio.file.Path;
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

  @Test
  void camerasSourcesAndNeighbouringSeedsShareNoFace() throws IOException {
    List<FaceCrop> crops = new ArrayList<>();
    for (String uri : List.of("synthetic:?seed=42", "synthetic:?seed=43")) {
      for (int position = 0; position < 2; position++) {
        for (int camera = 0; camera < 3; camera++) {
          crops.addAll(show(open(uri, position, 3), camera, 5));
        }
      }
    }

    assertThat(crops).hasSize(60).doesNotHaveDuplicates();
  }

  /** Runtime images often have no more than the modules of the standard. */
  @Test
  void drawsWithTheModulesOfJavaSeAlone() throws Exception {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--limit-modules=java.se,jdk.unsupported",
            "-cp",
            System.getProperty("java.class.path"),
            OneFace.class.getName());

    Process process = java.redirectErrorStream(true).start();

    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(output).contains("drawn");
    assertThat(process.waitFor()).isZero();
  }

  /** A program that draws one face. */
  static final class OneFace {
    private OneFace() {}

    public static void main(String[] args) throws IOException {
      show(open("synthetic:", 1), 0, 1);
      System.out.println("drawn");
    }
  }

  private static FaceSource open(String uri, int cameras) {
    return open(uri, 0, cameras);
  }

  private static FaceSource open(String uri, int position, int cameras) {
    return ((SourceSpec.Crops) SourceSpec.parse(uri)).open(position, cameras, skipped -> {});
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
