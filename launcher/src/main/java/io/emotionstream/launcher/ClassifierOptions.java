// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.classifier.ClassifierConfig;
import io.emotionstream.classifier.DistributionWindow;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How faces are batched, classified and counted. */
final class ClassifierOptions {
  @Option(
      names = "--window",
      paramLabel = "DURATION",
      description = "Length of a window (default: ${DEFAULT-VALUE}).",
      defaultValue = "10s")
  private Duration window;

  @Option(
      names = "--grace",
      paramLabel = "DURATION",
      description =
          "How long a window still admits out-of-order faces (default: ${DEFAULT-VALUE}).",
      defaultValue = "2s")
  private Duration grace;

  @Option(
      names = "--max-batch",
      paramLabel = "FACES",
      description = "Most faces that are classified together (default: ${DEFAULT-VALUE}).",
      defaultValue = "32")
  private int maxBatch;

  @Option(
      names = "--max-latency",
      paramLabel = "DURATION",
      description = "How long a face waits for others (default: ${DEFAULT-VALUE}).",
      defaultValue = "5ms")
  private Duration maxLatency;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Stream threads, each with a network of its own; 0 is half the cores.",
      defaultValue = "0")
  private int threads;

  @Option(
      names = "--max-face-side",
      paramLabel = "PIXELS",
      description = "Greatest width and height of a face crop (default: ${DEFAULT-VALUE}).",
      defaultValue = "1024")
  private int maxFaceSide;

  @Option(
      names = "--max-clock-skew",
      paramLabel = "DURATION",
      description = "How far a capture time may lie in the future (default: ${DEFAULT-VALUE}).",
      defaultValue = "1m")
  private Duration maxClockSkew;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ClassifierOptions() {}

  ClassifierConfig toConfig() {
    return new ClassifierConfig(
        new DistributionWindow(window, grace),
        maxBatch,
        maxLatency,
        threads == 0 ? Math.max(1, Runtime.getRuntime().availableProcessors() / 2) : threads,
        maxFaceSide,
        maxClockSkew);
  }
}
