// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a {@link HealthServer} shows of cameras: {@code /metrics} for Prometheus, {@code /cameras}
 * as JSON, and, where it is allowed, {@code /snapshot/ID}, a coarse mosaic.
 */
public final class CameraPages {
  /** The path of the JSON page. */
  public static final String CAMERAS = "/cameras";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SNAPSHOT = "/snapshot/";

  private final Supplier<List<CameraHealth>> cameras;
  private final Supplier<Long> waitingBytes;
  private final Function<String, Optional<SnapshotGrid>> snapshots;

  public CameraPages(
      Supplier<List<CameraHealth>> cameras,
      Supplier<Long> waitingBytes,
      Function<String, Optional<SnapshotGrid>> snapshots) {
    this.cameras = cameras;
    this.waitingBytes = waitingBytes;
    this.snapshots = snapshots;
  }

  /** Adds the pages to a server. */
  public void addTo(HealthServer server) {
    server.page(
        "/metrics",
        path -> HealthServer.Page.text("text/plain; version=0.0.4; charset=utf-8", metrics()));
    server.page(CAMERAS, path -> HealthServer.Page.text("application/json", json()));
    server.page(SNAPSHOT, path -> snapshot(path.substring(SNAPSHOT.length())));
  }

  private String json() {
    try {
      return JSON.writeValueAsString(cameras.get());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<HealthServer.Page> snapshot(String camera) {
    return snapshots
        .apply(camera)
        .map(
            grid -> {
              try {
                return new HealthServer.Page("image/png", grid.toPng());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  private String metrics() {
    PrometheusText text = new PrometheusText();
    text.gauge(
        "emotion_ingest_waiting_bytes", "Bytes that wait for the broker.", waitingBytes.get());
    for (CameraHealth camera : cameras.get()) {
      add(text, camera);
    }
    return text.toString();
  }

  private static void add(PrometheusText text, CameraHealth camera) {
    String[] id = {"camera", camera.id()};
    text.gauge(
        "emotion_camera_up",
        "1 if the camera's pictures are read.",
        camera.state() == CameraState.RUNNING ? 1 : 0,
        id);
    text.gauge(
        "emotion_camera_fps_in", "Pictures decoded a second, over 10 s.", camera.fpsIn(), id);
    text.gauge(
        "emotion_camera_fps_detected",
        "Pictures searched for faces a second, over 10 s.",
        camera.fpsDetected(),
        id);
    text.counter("emotion_camera_pictures_total", "Pictures decoded.", camera.pictures(), id);
    text.counter("emotion_camera_faces_total", "Faces sent.", camera.faces(), id);
    text.counter("emotion_camera_tracks_total", "Faces that came into view.", camera.tracks(), id);
    text.gauge("emotion_camera_tracks", "Faces in view.", camera.tracksInView(), id);
    text.counter(
        "emotion_camera_reconnects_total", "Times it was opened again.", camera.reconnects(), id);
    text.counter(
        "emotion_camera_decode_errors_total",
        "Damaged packets and pictures.",
        camera.decodeErrors(),
        id);
    if (camera.lastFrameAgeSeconds() != null) {
      text.gauge(
          "emotion_camera_last_frame_age_seconds",
          "Age of the last picture.",
          camera.lastFrameAgeSeconds(),
          id);
    }
    camera
        .dropped()
        .forEach(
            (reason, count) ->
                text.counter(
                    "emotion_camera_dropped_total",
                    "Packets, pictures and faces that were not sent.",
                    count,
                    "camera",
                    camera.id(),
                    "reason",
                    reason));
  }
}
