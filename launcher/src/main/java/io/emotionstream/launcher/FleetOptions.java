// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.ingest.fleet.DropPolicy;
import io.emotionstream.ingest.fleet.FleetConfig;
import io.emotionstream.ingest.publish.Outbox;
import io.emotionstream.ingest.video.FinderSettings;
import io.emotionstream.ingest.video.PictureArea;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How cameras are read whose pictures hold faces to be found. */
final class FleetOptions {
  @Option(
      names = "--cameras-file",
      paramLabel = "FILE.yml",
      description = "Cameras by id; read again when it changes (ingest/README.md).")
  private @Nullable Path camerasFile;

  @Option(names = "--detect", description = "Take images: for photos and find the faces in them.")
  private boolean detect;

  @Option(names = "--realtime", description = "Play video: no faster than it was taken.")
  private boolean realtime;

  @Option(
      names = "--face-rate",
      paramLabel = "PER_SECOND",
      description = "How often a face that stays in view is sent (default: ${DEFAULT-VALUE}).")
  private double faceRate = FinderSettings.DEFAULT_FACES_PER_SECOND;

  @Option(
      names = "--detection-interval",
      paramLabel = "PICTURES",
      description =
          "Look for faces in every so many pictures, follow them between"
              + " (default: ${DEFAULT-VALUE}).")
  private int detectionInterval = FinderSettings.DEFAULT_DETECTION_INTERVAL;

  @Option(
      names = "--min-face-size",
      paramLabel = "PIXELS",
      description = "Smaller faces are counted, not sent (default: ${DEFAULT-VALUE}).")
  private int minFaceSize = FinderSettings.DEFAULT_MIN_FACE_SIZE;

  @Option(
      names = "--drop-policy",
      paramLabel = "POLICY",
      description =
          "Where pictures come faster than faces are found: latest-wins or none (default:"
              + " latest-wins for what is live or --realtime, none for recordings).")
  private @Nullable String dropPolicy;

  @Option(
      names = "--buffer-mb",
      paramLabel = "MB",
      description =
          "What may wait for an absent broker before the oldest is dropped"
              + " (default: ${DEFAULT-VALUE}).")
  private long bufferMegabytes = Outbox.DEFAULT_CAPACITY >> 20;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Threads that decode and detect (default: one for each core).")
  private int workers = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--snapshots",
      description =
          "With --metrics-port: show a coarse mosaic of each camera's last picture"
              + " (default: never).")
  private boolean snapshots;

  boolean hasCamerasFile() {
    return camerasFile != null;
  }

  FleetConfig toConfig() {
    FinderSettings finder =
        new FinderSettings(
            detectionInterval, minFaceSize, faceRate, PictureArea.ALL, List.of(), false);
    return new FleetConfig(
        Optional.ofNullable(camerasFile),
        realtime,
        detect,
        finder,
        Optional.ofNullable(dropPolicy).map(DropPolicy::parse),
        bufferMegabytes << 20,
        workers,
        snapshots);
  }
}
