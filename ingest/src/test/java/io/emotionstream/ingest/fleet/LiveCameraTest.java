// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import static io.emotionstream.ingest.fleet.FleetFixture.camera;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emotionstream.ingest.health.CameraState;
import io.emotionstream.schemas.FaceFrame;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real servers, unplugged and plugged in again under a running camera. */
class LiveCameraTest {
  /** The sender's clock in these tests; near enough to ours to be believed. */
  private static final Duration SLOW = Duration.ofSeconds(4);

  private final Scene scene = new Scene(1);

  LiveCameraTest() throws Exception {}

  @Test
  void unpluggedMjpegCameraIsBackSoonAfterItAnswersAgain() throws Exception {
    MjpegServer server = new MjpegServer(0, scene);
    try (FleetFixture fleet = FleetFixture.of(camera("a", server.url()))) {
      fleet.awaitHealth("a", health -> health.faces() >= 10);
      assertThat(fleet.health("a").video()).startsWith("mjpeg 160x120");
      assertThat(fleet.health("a").clock()).isEqualTo("arrival");

      int port = server.port();
      server.close();
      fleet.awaitHealth("a", health -> health.reconnects() >= 2);
      assertThat(fleet.health("a").state()).isIn(CameraState.WAITING, CameraState.CONNECTING);
      assertThat(fleet.health("a").lastError()).contains("Connection refused");

      long before = fleet.health("a").faces();
      server = new MjpegServer(port, scene);
      await().atMost(Duration.ofSeconds(10)).until(() -> fleet.health("a").faces() > before + 5);
      assertThat(fleet.frames("a"))
          .extracting(FaceFrame::getCapturedAt)
          .isSorted()
          .doesNotHaveDuplicates();
    } finally {
      server.close();
    }
  }

  @Test
  void frozenPictureIsNoticedAndTheCameraIsOpenedAgain() throws Exception {
    try (MjpegServer server = new MjpegServer(0, scene);
        FleetFixture fleet = FleetFixture.of(camera("a", server.url(), Duration.ofSeconds(1)))) {
      fleet.awaitHealth("a", health -> health.faces() >= 10);
      assertThat(fleet.health("a").reconnects()).isZero();

      server.freeze(true);

      fleet.awaitHealth("a", health -> health.reconnects() >= 1);
      assertThat(fleet.health("a").lastError())
          .isEqualTo("has shown exactly the same picture for 1 s");
      server.freeze(false);
      long before = fleet.health("a").faces();
      fleet.awaitHealth("a", health -> health.faces() > before + 30);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "#transport=udp"})
  void rtspCameraTellsTheTimeAndSurvivesItsReboot(String transport) throws Exception {
    Instant theirs = Instant.now().minus(SLOW);
    RtspServer server = new RtspServer(0, scene, theirs);
    int port = server.port();
    String url = "rtsp://someone:hidden@127.0.0.1:" + port + "/live" + transport;
    try (FleetFixture fleet = FleetFixture.of(camera("a", url))) {
      fleet.awaitHealth("a", health -> health.clock().equals("the stream's own"));
      // Until its clock has caught up with the arrival times before, times hardly go on.
      await()
          .atMost(FleetFixture.PATIENCE)
          .until(() -> lag(fleet.frames("a")).compareTo(Duration.ofSeconds(3)) > 0);
      assertThat(lag(fleet.frames("a"))).isLessThan(SLOW.plusSeconds(3));

      server.close();
      fleet.awaitHealth("a", health -> health.reconnects() >= 1);
      long before = fleet.health("a").faces();
      server = new RtspServer(port, scene, Instant.now().minus(SLOW));
      await().atMost(Duration.ofSeconds(10)).until(() -> fleet.health("a").faces() > before + 5);
      assertThat(fleet.health("a").toString()).doesNotContain("hidden").doesNotContain("someone");
    } finally {
      server.close();
    }
  }

  private static Duration lag(List<FaceFrame> frames) {
    return Duration.between(frames.get(frames.size() - 1).getCapturedAt(), Instant.now());
  }

  @Test
  void clockThatIsFarOffIsNotBelieved() throws Exception {
    try (RtspServer server = new RtspServer(0, scene, Instant.now().plus(Duration.ofHours(1)));
        FleetFixture fleet =
            FleetFixture.of(camera("a", "rtsp://127.0.0.1:" + server.port() + "/live"))) {
      fleet.awaitHealth("a", health -> health.clock().contains("off by more than 30 s"));
      fleet.awaitHealth("a", health -> health.faces() >= 5);

      assertThat(fleet.frames("a"))
          .extracting(FaceFrame::getCapturedAt)
          .allMatch(time -> time.isBefore(Instant.now().plusSeconds(1)));
    }
  }

  @Test
  void cameraThatNeverAnswersIsAloneWithIt(@TempDir Path folder) throws Exception {
    Path clip = folder.resolve("clip.mp4");
    SceneWriter.write(clip, scene, 5);
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        FleetFixture fleet =
            FleetFixture.of(
                camera("silent", "http://127.0.0.1:" + silent.getLocalPort() + "/video"),
                camera("good", "video:" + clip))) {
      await().until(() -> fleet.health("good").state() == CameraState.ENDED);
      fleet.awaitHealth("silent", health -> health.reconnects() >= 1);

      assertThat(fleet.health("silent").lastError())
          .isEqualTo("cannot be opened: no answer within 5.0 s");
      long start = System.nanoTime();
      fleet.fleet.stop(false);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void slowFinderCostsItsCameraPicturesAndNobodyElse() throws Exception {
    try (MjpegServer server = new MjpegServer(0, scene);
        FleetFixture fleet =
            FleetFixture.with(
                (id, settings) -> id.equals("slow") ? new SlowFinder(id) : new RegionFinder(id),
                camera("slow", server.url()),
                camera("fast", server.url()))) {
      fleet.awaitHealth("fast", health -> health.faces() >= 60);

      fleet.awaitHealth("slow", health -> health.dropped().containsKey("superseded"));
      assertThat(fleet.health("slow").faces()).isLessThan(fleet.health("fast").faces() * 2 / 3);
    }
  }

  @Test
  void everyPictureIsSearchedWhereNoneIsToBeDropped() throws Exception {
    try (MjpegServer server = new MjpegServer(0, scene)) {
      CameraSpec usual = camera("all", server.url());
      CameraSpec all =
          new CameraSpec(
              "all",
              usual.source(),
              usual.finder(),
              DropPolicy.NONE,
              usual.frozenAfter(),
              usual.enabled());
      try (FleetFixture fleet = FleetFixture.with((id, settings) -> new SlowFinder(id), all)) {
        fleet.awaitHealth("all", health -> health.faces() >= 10);

        assertThat(fleet.health("all").dropped()).isEmpty();
        assertThat(fleet.health("all").pictures() - fleet.health("all").faces()).isBetween(0L, 2L);
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void missingWebcamIsToldAndLookedForAgain() {
    try (FleetFixture fleet = FleetFixture.of(camera("a", "webcam:/dev/video987"))) {
      fleet.awaitHealth("a", health -> health.reconnects() >= 1);

      assertThat(fleet.health("a").lastError())
          .startsWith("there is no device /dev/video987; this machine has ");
    }
  }

  /** Takes some 300 ms for a picture, as a detector on a large one. */
  private static final class SlowFinder extends DelegatingFinder {
    SlowFinder(String camera) {
      super(new RegionFinder(camera));
    }

    @Override
    void before() {
      long end = System.nanoTime() + 300_000_000L;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    }
  }
}
