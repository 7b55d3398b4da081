// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher.demo;

import io.emotionstream.classifier.ClassifierConfig;
import io.emotionstream.ingest.IngestConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the all-in-one mode runs.
 *
 * @param ingest sources, cameras, pace
 * @param classifier windows, batches, threads
 * @param duration how long the cameras run; empty until the sources end or a stop is asked for
 * @param dataDirectory where broker and database keep their data; empty for a temporary one that is
 *     deleted at the end
 * @param terminal whether the table may be redrawn in place
 * @param page where the dashboard is; empty for none
 */
public record DemoConfig(
    IngestConfig ingest,
    ClassifierConfig classifier,
    Optional<Duration> duration,
    Optional<Path> dataDirectory,
    boolean terminal,
    Optional<PageChoice> page) {
  public DemoConfig {
    duration.ifPresent(
        limit -> {
          if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("duration must be positive, was " + limit);
          }
        });
  }
}
