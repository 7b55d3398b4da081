// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import io.emotionstream.ingest.publish.Outbox;
import io.emotionstream.ingest.source.VideoSpec;
import io.emotionstream.ingest.video.FinderSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What holds for all cameras of a run.
 *
 * @param camerasFile a {@code cameras.yml}; its cameras come and go as it changes
 * @param realtime whether recordings play no faster than they were taken
 * @param detect whether {@code images:} are photos in which faces are to be found, not face crops
 * @param finder which faces are looked for, where a camera says nothing else
 * @param dropPolicy what gives way where pictures come faster than they are searched, where a
 *     camera says nothing else; by its kind where this is empty
 * @param bufferBytes greatest size of what waits for the broker; positive
 * @param workers threads that decode and detect; at least 1
 * @param snapshots whether a mosaic of each camera's last picture can be asked for
 */
public record FleetConfig(
    Optional<Path> camerasFile,
    boolean realtime,
    boolean detect,
    FinderSettings finder,
    Optional<DropPolicy> dropPolicy,
    long bufferBytes,
    int workers,
    boolean snapshots) {
  public FleetConfig {
    if (bufferBytes < 1) {
      throw new IllegalArgumentException(
          "the buffer for the broker must be at least 1 byte, was " + bufferBytes);
    }
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be at least 1, was " + workers);
    }
  }

  /** Returns the drop policy of a source that says nothing of its own. */
  public DropPolicy dropPolicyOf(VideoSpec source) {
    return dropPolicy.orElseGet(() -> DropPolicy.usual(source));
  }

  /** No file of cameras, a worker for each core. */
  public static FleetConfig defaults() {
    return new FleetConfig(
        Optional.empty(),
        false,
        false,
        FinderSettings.defaults(),
        Optional.empty(),
        Outbox.DEFAULT_CAPACITY,
        Runtime.getRuntime().availableProcessors(),
        false);
  }
}
