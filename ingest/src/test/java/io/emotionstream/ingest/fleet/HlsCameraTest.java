// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import static io.emotionstream.ingest.fleet.FleetFixture.camera;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emotionstream.ingest.health.CameraState;
import io.emotionstream.schemas.FaceFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Play lists whose pieces are two seconds long, as a recorder makes them. */
class HlsCameraTest {
  private static final int PIECE = 2 * SceneWriter.PICTURES_PER_SECOND;

  @TempDir Path folder;

  private final Scene scene = new Scene(1);

  HlsCameraTest() throws IOException {}

  @Test
  void piecesAreSearchedAsTheyPlayNotAllAtOnceAndARestartedServerIsFoundAgain() throws Exception {
    Path list = folder.resolve("live.m3u8");
    Thread recorder = new Thread(() -> record(list), "recorder");
    recorder.start();
    FolderServer server = new FolderServer(0, folder);
    int port = server.port();
    try {
      await().atMost(FleetFixture.PATIENCE).until(() -> Files.exists(list));
      try (FleetFixture fleet =
          FleetFixture.of(camera("a", "http://127.0.0.1:" + port + "/live.m3u8"))) {
        fleet.awaitHealth("a", health -> health.faces() > 4 * PIECE);

        assertThat(fleet.health("a").video()).endsWith("160x120, hls");
        assertThat(fleet.health("a").reconnects()).isZero();
        long superseded = fleet.health("a").dropped().getOrDefault("superseded", 0L);
        assertThat(superseded).isLessThan(fleet.health("a").pictures() / 4);
        assertThat(longestGap(fleet.frames("a"))).isLessThan(Duration.ofMillis(1500));

        server.close();
        fleet.awaitHealth("a", health -> health.reconnects() >= 1);
        long before = fleet.health("a").faces();
        server = new FolderServer(port, folder);
        await().atMost(Duration.ofSeconds(20)).until(() -> fleet.health("a").faces() > before + 5);
      }
    } finally {
      server.close();
      recorder.interrupt();
      recorder.join();
    }
  }

  @Test
  void finishedPlayListIsARecordingAndReadOnce() throws Exception {
    Path list = folder.resolve("monday.m3u8");
    int pictures = 3 * PIECE;
    try (SceneWriter writer = SceneWriter.hls(list)) {
      for (int i = 0; i < pictures; i++) {
        writer.show(scene.draw(i));
      }
    }

    try (FolderServer server = new FolderServer(0, folder);
        FleetFixture fleet =
            FleetFixture.of(camera("a", "http://127.0.0.1:" + server.port() + "/monday.m3u8"))) {
      fleet.awaitDone();

      assertThat(fleet.health("a").state()).isEqualTo(CameraState.ENDED);
      assertThat(fleet.frames("a").size()).isEqualTo(pictures);
      assertThat(fleet.health("a").dropped()).isEmpty();
    }
  }

  private void record(Path list) {
    try (SceneWriter writer = SceneWriter.hls(list)) {
      writer.play(scene);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Duration longestGap(List<FaceFrame> frames) {
    Duration longest = Duration.ZERO;
    Instant last = frames.get(0).getCapturedAt();
    for (FaceFrame frame : frames) {
      Duration gap = Duration.between(last, frame.getCapturedAt());
      longest = gap.compareTo(longest) > 0 ? gap : longest;
      last = frame.getCapturedAt();
    }
    return longest;
  }
}
