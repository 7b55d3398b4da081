// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.classifier.ClassifierConfig;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** How faces are batched, classified and counted. */
final class ClassifierOptions {
  private static final ClassifierConfig DEFAULTS = ClassifierConfig.defaults();

  @Option(
      names = "--window",
      paramLabel = "SIZE[/ADVANCE][+GRACE]",
      split = ",",
      defaultValue = "10s",
      description = {
        "Windows over which faces are counted; several, with commas or repeated, are counted in"
            + " one pass (default: ${DEFAULT-VALUE}).",
        "15m/5m: of 15 minutes, one starting every 5. 1m+30s: with a grace of their own."
      })
  private List<WindowOption> windows;

  @Option(
      names = "--grace",
      paramLabel = "DURATION",
      description =
          "How long a window still admits out-of-order faces (default: ${DEFAULT-VALUE}).")
  private Duration grace = DEFAULTS.window().grace();

  @Option(
      names = "--idle-timeout",
      paramLabel = "DURATION",
      description =
          "How long nothing may come of a camera until its windows close without it, that much"
              + " later; 0s for never (default: ${DEFAULT-VALUE}).")
  private Duration idleTimeout = DEFAULTS.idleTimeout();

  @Option(
      names = "--empty-windows",
      paramLabel = "true|false",
      arity = "1",
      description =
          "Whether a window in which a camera was there and saw nobody is written, too (default:"
              + " ${DEFAULT-VALUE}).")
  private boolean emptyWindows = DEFAULTS.emptyWindows();

  @Option(
      names = "--max-batch",
      paramLabel = "FACES",
      description = "Most faces that are classified together (default: ${DEFAULT-VALUE}).")
  private int maxBatch = DEFAULTS.maxBatch();

  @Option(
      names = "--max-latency",
      paramLabel = "DURATION",
      description = {
        "How long a face waits for others at most (default: ${DEFAULT-VALUE});",
        "a fifth of it when no other comes."
      })
  private Duration maxLatency = DEFAULTS.maxLatency();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Stream threads, each with a network of its own (default: half the cores).")
  private int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  @Option(
      names = "--max-face-side",
      paramLabel = "PIXELS",
      description = "Greatest width and height of a face crop (default: ${DEFAULT-VALUE}).")
  private int maxFaceSide = DEFAULTS.maxFaceSide();

  @Option(
      names = "--max-clock-skew",
      paramLabel = "DURATION",
      description = "How far a capture time may lie in the future (default: ${DEFAULT-VALUE}).")
  private Duration maxClockSkew = DEFAULTS.maxClockSkew();

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ClassifierOptions() {}

  ClassifierConfig toConfig() {
    return new ClassifierConfig(
        windows.stream().map(window -> window.toWindow(grace)).toList(),
        maxBatch,
        maxLatency,
        threads,
        maxFaceSide,
        maxClockSkew,
        idleTimeout,
        emptyWindows);
  }
}
