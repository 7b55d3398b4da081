// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.classifier.ClassifierConfig;
import io.emotionstream.classifier.DistributionWindow;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How faces are batched, classified and counted. */
final class ClassifierOptions {
  private static final ClassifierConfig DEFAULTS = ClassifierConfig.defaults();

  @Option(
      names = "--window",
      paramLabel = "DURATION",
      description = "Length of a window (default: ${DEFAULT-VALUE}).")
  private Duration window = DEFAULTS.window().size();

  @Option(
      names = "--grace",
      paramLabel = "DURATION",
      description =
          "How long a window still admits out-of-order faces (default: ${DEFAULT-VALUE}).")
  private Duration grace = DEFAULTS.window().grace();

  @Option(
      names = "--max-batch",
      paramLabel = "FACES",
      description = "Most faces that are classified together (default: ${DEFAULT-VALUE}).")
  private int maxBatch = DEFAULTS.maxBatch();

  @Option(
      names = "--max-latency",
      paramLabel = "DURATION",
      description = "How long a face waits for others (default: ${DEFAULT-VALUE}).")
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

  ClassifierConfig toConfig() {
    return new ClassifierConfig(
        new DistributionWindow(window, grace),
        maxBatch,
        maxLatency,
        threads,
        maxFaceSide,
        maxClockSkew);
  }
}
