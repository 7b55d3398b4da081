// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.emotionstream.ingest.source.VideoSpec;
import io.emotionstream.ingest.video.PictureArea;
import io.emotionstream.ingest.video.PicturePolygon;
import io.emotionstream.ingest.video.PicturePolygon.Corner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CamerasFileTest {
  @TempDir Path folder;

  @Test
  void everythingThatCanBeSaidOfACamera() throws IOException {
    List<CameraSpec> cameras =
        read(
            """
            defaults:
              rate: 2
              frozen-after: 2m
            cameras:
              - id: lobby
                url: rtsp://user:secret@10.0.0.5/live
                transport: udp
                rate: 5
                detection-interval: 3
                min-face-size: 60
                region: [0, 0, 0.5, 1]
                exclude: [[0.2, 0.2, 0.1, 0.1], [[0, 0], [0.2, 0], [0, 1]]]
                drop-policy: none
                enabled: false
              - id: door
                url: video:door.mp4
                realtime: true
                loop: true
              - id: archive
                url: video:monday.mp4
            """);

    assertThat(cameras).extracting(CameraSpec::id).containsExactly("lobby", "door", "archive");
    CameraSpec lobby = cameras.get(0);
    assertThat(lobby.source().udp()).isTrue();
    assertThat(lobby.source().target()).isEqualTo("rtsp://user:secret@10.0.0.5/live");
    assertThat(lobby.finder().facesPerSecond()).isEqualTo(5);
    assertThat(lobby.finder().detectionInterval()).isEqualTo(3);
    assertThat(lobby.finder().minFaceSize()).isEqualTo(60);
    assertThat(lobby.finder().region()).isEqualTo(new PictureArea(0, 0, 0.5, 1));
    assertThat(lobby.finder().excludedZones())
        .containsExactly(
            new PictureArea(0.2, 0.2, 0.1, 0.1),
            new PicturePolygon(List.of(new Corner(0, 0), new Corner(0.2, 0), new Corner(0, 1))));
    assertThat(lobby.dropPolicy()).isEqualTo(DropPolicy.NONE);
    assertThat(lobby.frozenAfter()).isEqualTo(Duration.ofMinutes(2));
    assertThat(lobby.enabled()).isFalse();
    assertThat(lobby.toString()).doesNotContain("secret").doesNotContain("user");
    CameraSpec door = cameras.get(1);
    assertThat(door.source().kind()).isEqualTo(VideoSpec.Kind.FILE);
    assertThat(door.source().realtime()).isTrue();
    assertThat(door.source().loop()).isTrue();
    assertThat(door.dropPolicy()).isEqualTo(DropPolicy.LATEST_WINS);
    assertThat(cameras.get(2).dropPolicy()).isEqualTo(DropPolicy.NONE);
    assertThat(cameras.get(2).source().loop()).isFalse();
    assertThat(door.finder().facesPerSecond()).isEqualTo(2);
    assertThat(door.enabled()).isTrue();
  }

  @Test
  void emptyListIsAFleetWithoutCamerasButAnEmptyFileIsOneThatIsBeingWritten() throws IOException {
    assertThat(read("cameras: []")).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(""))
        .withMessageEndingWith(
            "cameras.yml line 1: is empty: to have no camera write 'cameras: []'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("defaults: {rate: 2}"))
        .withMessageContaining("has no 'cameras'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "region: [0, 0, 2, 1]|line 4: an area is [x, y, width, height] in fractions",
        "region: [0, 0, 1]|line 4: region is [x, y, width, height] or corners [[x, y], [x, y],"
            + " [x, y], ...], has 3 values",
        "exclude: [[0, 0], [1, 0], [1, 1]]|line 4: a zone of exclude is [x, y, width, height] or"
            + " corners",
        "region: [[0, 0], [1, 0]]|line 4: a polygon has 3 to 1000 corners, was 2",
        "region: [[0, 0], [1, 0], [1, 2]]|line 4: a corner is [x, y] in fractions",
        "region: [[0, 0], [1, 0], [1]]|line 4: a corner of region is [x, y], has 1 values",
        "drop-policy: oldest|line 4: drop policy must be latest-wins or none, was 'oldest'",
        "min-face-size: big|line 4: min-face-size must be a whole number, was 'big'",
        "rate: 0|line 4: faces a second of a track must be positive, was 0.0",
        "detection-interval: 0|line 4: detection interval must be at least 1 picture, was 0",
        "min-face-size: 3|line 4: minimum face size must be 16 to",
        "enabled: maybe|line 4: enabled must be true or false, was 'maybe'",
        "frozen-after: soon|line 4: frozen-after must be like 30s, 2m or never, was 'soon'",
        "min-face-sise: 40|line 4: unknown key 'min-face-sise' in a camera, did you mean"
            + " 'min-face-size'?",
        "url: http://b|line 4: key 'url' is there twice",
        "transport: carrier-pigeon|line 4: transport must be tcp or udp, was 'carrier-pigeon'",
        "rate: [|line 5: is no YAML"
      })
  void mistakeIsToldWithItsLine(String mistake, String message) {
    String text = "cameras:\n  - id: a\n    url: rtsp://user:secret@h/\n    " + mistake + "\n";

    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(text))
        .withMessageContaining("cameras.yml " + message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
  }

  @Test
  void camerasNeedAnIdOfTheirOwnAndAUrl() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("cameras:\n  - url: http://a\n"))
        .withMessageEndingWith("line 2: a camera needs 'id'");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> read("cameras:\n  - {id: a, url: http://a}\n  - {id: a, url: http://b}\n"))
        .withMessageEndingWith("line 3: camera id 'a' is used in line 2 already");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("cameras:\n  - {id: a, url: 'synthetic:'}\n"))
        .withMessageContaining("line 2: url 'synthetic:' is no camera");
  }

  private List<CameraSpec> read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("cameras.yml"), text);
    return new CamerasFile(file, FleetConfig.defaults()).read();
  }
}
