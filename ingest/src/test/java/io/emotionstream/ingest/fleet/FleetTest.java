// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emotionstream.ingest.health.CameraHealth;
import io.emotionstream.ingest.health.CameraMetrics;
import io.emotionstream.ingest.health.CameraPages;
import io.emotionstream.ingest.health.CameraState;
import io.emotionstream.ingest.video.FaceFinderFactory;
import io.emotionstream.operations.Operations;
import io.emotionstream.operations.OperationsServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fleet that follows its file, and the pages that show it. */
class FleetTest {
  @TempDir Path folder;

  @Test
  void camerasComeChangeAndGoWithTheFileAndTheOthersDoNotNotice() throws Exception {
    Path file = folder.resolve("cameras.yml");
    try (MjpegServer server = new MjpegServer(0, new Scene(1))) {
      String stays = "  - {id: stays, url: '" + server.url() + "'}\n";
      String goes = "  - {id: goes, url: '" + server.url() + "'}\n";
      String changes = "  - {id: changes, url: '" + server.url() + "', rate: 5}\n";
      Files.writeString(file, "cameras:\n" + stays + goes + changes);
      try (FleetFixture fleet = FleetFixture.reading(file)) {
        fleet.awaitHealth("stays", health -> health.faces() > 0);
        fleet.awaitHealth("goes", health -> health.faces() > 0);

        Files.writeString(
            file,
            "cameras:\n"
                + stays
                + changes.replace("5", "4")
                + "  - {id: new, url: '"
                + server.url()
                + "'}\n");

        await()
            .atMost(FleetFixture.PATIENCE)
            .until(
                () ->
                    fleet.fleet.health().stream()
                        .anyMatch(health -> health.id().equals("new") && health.faces() > 0));
        assertThat(fleet.fleet.cameraIds()).containsExactly("stays", "changes", "new");
        assertThat(fleet.fleet.health())
            .extracting(CameraHealth::id)
            .containsExactlyInAnyOrder("stays", "changes", "new");
        assertThat(fleet.heartbeats("goes")).last().matches(beat -> beat.getEnded());
        assertThat(fleet.heartbeats("changes")).noneMatch(beat -> beat.getEnded());
        assertThat(fleet.frames("stays"))
            .extracting(frame -> frame.getSequence())
            .isSorted()
            .doesNotHaveDuplicates();
        assertThat(fleet.health("stays").reconnects()).isZero();

        Files.writeString(file, "cameras:\n  - {id: stays}\n"); // a mistake changes nothing
        long before = fleet.health("stays").faces();
        fleet.awaitHealth("stays", health -> health.faces() > before + 30);
        assertThat(fleet.fleet.cameraIds()).containsExactly("stays", "changes", "new");
      }
    }
  }

  @Test
  void cameraThatDoesNotStopIsLeftBehindAndPublishesNothingMore() throws Exception {
    Path file = folder.resolve("cameras.yml");
    CountDownLatch answer = new CountDownLatch(1);
    CountDownLatch freed = new CountDownLatch(1);
    FaceFinderFactory finders =
        (id, settings) ->
            id.equals("hangs") ? new HangingFinder(id, answer, freed) : new RegionFinder(id);
    try (MjpegServer server = new MjpegServer(0, new Scene(1))) {
      String stays = "  - {id: stays, url: '" + server.url() + "'}\n";
      String hangs = "  - {id: hangs, url: '" + server.url() + "'}\n";
      Files.writeString(file, "cameras:\n" + stays + hangs);
      try (FleetFixture fleet = FleetFixture.reading(file, finders)) {
        fleet.awaitHealth("hangs", health -> health.pictures() > 0);

        Files.writeString(file, "cameras:\n" + stays);
        await()
            .atMost(FleetFixture.PATIENCE)
            .until(() -> fleet.fleet.health().stream().noneMatch(one -> one.id().equals("hangs")));
        long before = fleet.health("stays").faces();
        answer.countDown();
        assertThat(freed.await(30, TimeUnit.SECONDS)).isTrue();
        fleet.awaitHealth("stays", health -> health.faces() > before + 10);

        assertThat(fleet.frames("hangs")).isEmpty();
        assertThat(fleet.heartbeats("hangs")).singleElement().matches(beat -> beat.getEnded());
        assertThat(fleet.health("stays").reconnects()).isZero();
      } finally {
        answer.countDown();
      }
    }
  }

  /** Looks at no picture until it is told to. */
  private static final class HangingFinder extends DelegatingFinder {
    private final CountDownLatch answer;
    private final CountDownLatch freed;

    HangingFinder(String id, CountDownLatch answer, CountDownLatch freed) {
      super(new RegionFinder(id));
      this.answer = answer;
      this.freed = freed;
    }

    @Override
    void before() {
      try {
        answer.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      super.close();
      freed.countDown();
    }
  }

  @Test
  void pagesShowEachCameraButNoSecretAndNoFace() throws Exception {
    Path file = folder.resolve("cameras.yml");
    try (MjpegServer server = new MjpegServer(0, new Scene(1))) {
      String url = server.url().replace("//", "//user:secret@") + "?token=secret";
      Files.writeString(file, "cameras:\n  - {id: lobby, url: '" + url + "'}\n");
      try (FleetFixture fleet = FleetFixture.reading(file);
          Operations operations = new Operations("ingest", "test");
          OperationsServer pages =
              new OperationsServer(
                  "127.0.0.1",
                  0,
                  List.of(
                      operations, new CameraPages(fleet.fleet::health, fleet.fleet::snapshot)))) {
        operations.metrics(new CameraMetrics(fleet.fleet::health));
        fleet.awaitHealth("lobby", health -> health.faces() > 0 && health.fpsIn() > 0);

        assertThat(get(pages, "/metrics").body())
            .contains("emotion_camera_up{camera=\"lobby\"} 1.0\n")
            .contains("# TYPE emotion_camera_faces_total counter\n")
            .doesNotContain("secret");
        assertThat(get(pages, "/cameras").body())
            .contains("\"id\":\"lobby\"")
            .contains("\"state\":\"" + CameraState.RUNNING)
            .contains("http://***@127.0.0.1")
            .doesNotContain("secret");
        assertThat(get(pages, "/snapshot/lobby").statusCode()).isEqualTo(200);
        assertThat(get(pages, "/snapshot/none").statusCode()).isEqualTo(404);
      }
    }
  }

  @Test
  void noSnapshotIsShownUnlessItIsAskedFor() throws Exception {
    try (MjpegServer server = new MjpegServer(0, new Scene(1));
        FleetFixture fleet = FleetFixture.of(FleetFixture.camera("lobby", server.url()));
        OperationsServer pages =
            new OperationsServer(
                "127.0.0.1",
                0,
                List.of(new CameraPages(fleet.fleet::health, fleet.fleet::snapshot)))) {
      fleet.awaitHealth("lobby", health -> health.faces() > 0);

      assertThat(get(pages, "/cameras").statusCode()).isEqualTo(200);
      assertThat(get(pages, "/snapshot/lobby").statusCode()).isEqualTo(404);
    }
  }

  private static HttpResponse<String> get(OperationsServer server, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
