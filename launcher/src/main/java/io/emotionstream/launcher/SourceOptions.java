// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.ingest.IngestConfig;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where faces come from, and how fast. */
final class SourceOptions {
  /** Faces a second of drawn cameras, which have no pace of their own. */
  private static final double SYNTHETIC_RATE = 200;

  private static final String SYNTHETIC = "synthetic:";

  @Option(
      names = "--source",
      paramLabel = "URI",
      description = {
        "A camera: rtsp://... (#transport=udp), http://..., video:FILE, webcam:[DEVICE];",
        "or face crops: fer2013:FILE.csv[.gz][?usage=PublicTest], images:DIR,",
        "synthetic:[?seed=N&count=N]. May be repeated (default: synthetic:, or what",
        "--cameras-file says)."
      })
  private List<String> sources = List.of();

  @Mixin private FleetOptions fleet = new FleetOptions();

  @Option(
      names = "--cameras",
      paramLabel = "N",
      description = "Cameras of each source of face crops (default: ${DEFAULT-VALUE}).")
  private int cameras = 4;

  @Option(
      names = "--camera-prefix",
      paramLabel = "PREFIX",
      description = {
        "Put before each camera's number (default: ${DEFAULT-VALUE}).",
        "Two ingest processes need two prefixes, or they would write as the same cameras."
      })
  private String cameraPrefix = IngestConfig.DEFAULT_CAMERA_PREFIX;

  @Option(
      names = "--rate",
      paramLabel = "FACES_PER_SECOND",
      description =
          "Of all face crops together (default: 200 for synthetic:, else as fast as it goes).")
  private @Nullable Double rate;

  @Option(
      names = "--heartbeat",
      paramLabel = "DURATION",
      description =
          "Silence after which a camera gives a sign of life (default: ${DEFAULT-VALUE}).")
  private Duration heartbeat = IngestConfig.DEFAULT_HEARTBEAT_INTERVAL;

  IngestConfig toConfig() {
    return new IngestConfig(
        effectiveSources(), cameras, effectiveRate(), heartbeat, cameraPrefix, fleet.toConfig());
  }

  private List<String> effectiveSources() {
    return sources.isEmpty() && !fleet.hasCamerasFile() ? List.of(SYNTHETIC) : sources;
  }

  private OptionalDouble effectiveRate() {
    if (rate != null) {
      return OptionalDouble.of(rate);
    }
    return effectiveSources().stream().anyMatch(SourceOptions::isSynthetic)
        ? OptionalDouble.of(SYNTHETIC_RATE)
        : OptionalDouble.empty();
  }

  private static boolean isSynthetic(String source) {
    return source.regionMatches(true, 0, SYNTHETIC, 0, SYNTHETIC.length());
  }
}
