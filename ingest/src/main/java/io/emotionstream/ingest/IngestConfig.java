// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest;

import io.emotionstream.ingest.fleet.FleetConfig;
import io.emotionstream.ingest.source.Secrets;
import io.emotionstream.ingest.source.SourceSpec;
import io.emotionstream.ingest.source.VideoSpec;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * What to publish, and how fast.
 *
 * @param sources source URIs as {@link SourceSpec} reads them; at least one, or a file of cameras.
 *     They may hold passwords, so {@link #toString} masks them
 * @param cameras number of cameras that each source of face crops deals its faces to; at least 1. A
 *     source of pictures is one camera
 * @param rate faces per second over all cameras of all sources of face crops; without it as fast as
 *     the broker takes them
 * @param heartbeatInterval how long a camera is silent before it gives a sign of life; at least 1
 *     ms
 * @param cameraPrefix what camera ids begin with, a number follows: letters, digits and {@code .},
 *     {@code _}, {@code -}, no digit at the end. Processes that publish to the same topic at the
 *     same time need one each, or their faces count as one camera's
 * @param fleet what holds for the cameras among the sources, and more cameras in a file
 */
public record IngestConfig(
    List<String> sources,
    int cameras,
    OptionalDouble rate,
    Duration heartbeatInterval,
    String cameraPrefix,
    FleetConfig fleet) {
  /** Sign of life of a silent camera, where nothing else is wanted. */
  public static final Duration DEFAULT_HEARTBEAT_INTERVAL = Duration.ofSeconds(1);

  /** Beginning of camera ids, where one process alone publishes. */
  public static final String DEFAULT_CAMERA_PREFIX = "cam-";

  /** No digit at the end: camera 11 of {@code cam} would be camera 1 of {@code cam1}. */
  private static final Pattern CAMERA_PREFIX = Pattern.compile("[A-Za-z0-9._-]*[A-Za-z._-]");

  /** Faces per second are limited so that turns stay apart on a clock of nanoseconds. */
  private static final double MAX_RATE = 1_000_000;

  public IngestConfig {
    sources = List.copyOf(sources);
    require(
        !sources.isEmpty() || fleet.camerasFile().isPresent(),
        "sources must name at least one, known are " + SourceSpec.KNOWN);
    sources.forEach(SourceSpec::parse);
    require(cameras >= 1, "cameras must be at least 1, was " + cameras);
    if (rate.isPresent()) {
      double value = rate.getAsDouble();
      require(
          value > 0 && value <= MAX_RATE,
          "rate must be above 0 and at most 1000000 faces/s, was %s; leave it out for no limit"
              .formatted(value));
    }
    require(
        heartbeatInterval.toMillis() >= 1,
        "heartbeat interval must be at least 1 ms, was " + heartbeatInterval);
    require(
        CAMERA_PREFIX.matcher(cameraPrefix).matches(),
        "camera prefix must be letters, digits, '.', '_' or '-' and not end with a digit,"
            + " was '%s'; write one like hall-".formatted(cameraPrefix));
  }

  /** Names the cameras {@code cam-1}, {@code cam-2} and so on. */
  public IngestConfig(
      List<String> sources, int cameras, OptionalDouble rate, Duration heartbeatInterval) {
    this(sources, cameras, rate, heartbeatInterval, DEFAULT_CAMERA_PREFIX);
  }

  /** No file of cameras, and what is usual for the cameras among the sources. */
  public IngestConfig(
      List<String> sources,
      int cameras,
      OptionalDouble rate,
      Duration heartbeatInterval,
      String cameraPrefix) {
    this(sources, cameras, rate, heartbeatInterval, cameraPrefix, FleetConfig.defaults());
  }

  List<SourceSpec> specs() {
    return sources.stream().map(SourceSpec::parse).map(this::asWanted).toList();
  }

  private SourceSpec asWanted(SourceSpec spec) {
    if (fleet.detect() && spec instanceof SourceSpec.Images images) {
      return images.withDetection();
    }
    return fleet.realtime() && spec instanceof VideoSpec video ? video.inRealTime() : spec;
  }

  @Override
  public String toString() {
    return "IngestConfig[sources=%s, cameras=%d, rate=%s, heartbeat=%s, prefix=%s, fleet=%s]"
        .formatted(
            sources.stream().map(Secrets::mask).toList(),
            cameras,
            rate.isPresent() ? rate.getAsDouble() + " faces/s" : "unlimited",
            heartbeatInterval,
            cameraPrefix,
            fleet);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
