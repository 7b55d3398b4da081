// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.health;

import io.emotionstream.operations.MetricFamilies;
import io.emotionstream.operations.MetricSource;
import java.util.List;
import java.util.function.Supplier;

/** What cameras do, as metrics with the label {@code camera}. */
public final class CameraMetrics implements MetricSource {
  private final Supplier<List<CameraHealth>> cameras;

  public CameraMetrics(Supplier<List<CameraHealth>> cameras) {
    this.cameras = cameras;
  }

  @Override
  public void addTo(MetricFamilies families) {
    cameras.get().forEach(camera -> add(families, camera));
  }

  private static void add(MetricFamilies families, CameraHealth camera) {
    String[] id = {"camera", camera.id()};
    families.gauge(
        "emotion_camera_up",
        "1 if the camera's pictures are read.",
        camera.state() == CameraState.RUNNING ? 1 : 0,
        id);
    families.gauge(
        "emotion_camera_ended",
        "1 if a recording came to its end.",
        camera.state() == CameraState.ENDED ? 1 : 0,
        id);
    families.gauge(
        "emotion_camera_fps_in", "Pictures decoded a second, over 10 s.", camera.fpsIn(), id);
    families.gauge(
        "emotion_camera_fps_detected",
        "Pictures searched for faces a second, over 10 s.",
        camera.fpsDetected(),
        id);
    families.counter("emotion_camera_pictures_total", "Pictures decoded.", camera.pictures(), id);
    families.counter("emotion_camera_faces_total", "Faces sent.", camera.faces(), id);
    families.counter(
        "emotion_camera_tracks_total", "Faces that came into view.", camera.tracks(), id);
    families.gauge("emotion_camera_tracks_in_view", "Faces in view.", camera.tracksInView(), id);
    families.counter(
        "emotion_camera_reconnects_total", "Times it was opened again.", camera.reconnects(), id);
    families.counter(
        "emotion_camera_decode_errors_total",
        "Damaged packets and pictures.",
        camera.decodeErrors(),
        id);
    if (camera.lastFrameAgeSeconds() != null) {
      families.gauge(
          "emotion_camera_last_frame_age_seconds",
          "Age of the last picture.",
          camera.lastFrameAgeSeconds(),
          id);
    }
    camera
        .dropped()
        .forEach(
            (reason, count) ->
                families.counter(
                    "emotion_camera_dropped_total",
                    "Packets, pictures and faces that were not sent.",
                    count,
                    "camera",
                    camera.id(),
                    "reason",
                    reason));
  }
}
