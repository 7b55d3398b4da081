// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import io.emotionstream.ingest.health.CameraStats;
import io.emotionstream.ingest.health.DropReason;
import io.emotionstream.ingest.health.SnapshotGrid;
import io.emotionstream.ingest.publish.Camera;
import io.emotionstream.ingest.publish.Outbox;
import io.emotionstream.ingest.video.FaceFinder;
import io.emotionstream.ingest.video.FoundFace;
import io.emotionstream.ingest.video.VideoFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * From a picture of one camera to its records: finds faces, sends them, and a sign of life where
 * there are none. Used by one thread at a time, except for {@link #leave} and {@link #snapshot}.
 *
 * <p>A sign of life carries the capture time of a picture that was searched, so that it never
 * overtakes a face: a camera whose pictures stop gives none.
 */
final class FrameHandler {
  private static final Duration SNAPSHOT_INTERVAL = Duration.ofSeconds(1);

  private final CameraSpec spec;
  private final Camera camera;
  private final Outbox outbox;
  private final CameraStats stats;
  private final Duration heartbeatInterval;
  private final boolean snapshots;
  private volatile Instant shownAt = Instant.MIN;
  private Duration snapshotAt = Duration.ZERO;
  private boolean left;
  private volatile @Nullable SnapshotGrid snapshot;

  FrameHandler(
      CameraSpec spec,
      Camera camera,
      Outbox outbox,
      CameraStats stats,
      Duration heartbeatInterval,
      boolean snapshots) {
    this.spec = spec;
    this.camera = camera;
    this.outbox = outbox;
    this.stats = stats;
    this.heartbeatInterval = heartbeatInterval;
    this.snapshots = snapshots;
  }

  /** Says that stream time starts anew. */
  void connected() {
    snapshotAt = Duration.ZERO;
  }

  /**
   * Handles a picture.
   *
   * @param shrink pixels of the camera's picture for one of {@code frame}
   */
  void handle(VideoFrame frame, FaceFinder finder, double shrink) {
    List<FoundFace> faces = finder.find(frame);
    stats.finder(finder.counts());
    for (FoundFace face : faces) {
      send(camera.capture(face, frame.capturedAt(), shrink));
      stats.face();
      shownAt = frame.capturedAt();
    }
    if (shownAt.isBefore(frame.capturedAt().minus(heartbeatInterval))) {
      send(camera.heartbeat(frame.capturedAt(), false));
      shownAt = frame.capturedAt();
    }
    if (snapshots && frame.elapsed().compareTo(snapshotAt) >= 0) {
      snapshot = SnapshotGrid.of(frame, finder.places());
      snapshotAt = frame.elapsed().plus(SNAPSHOT_INTERVAL);
    }
  }

  /** Says that the camera has ended, so that its windows close. */
  void end() {
    boolean nothingShown = shownAt.equals(Instant.MIN);
    send(nothingShown ? camera.heartbeat(true) : camera.heartbeat(shownAt, true));
  }

  /**
   * Lets nothing through any more, from whichever thread: the camera hangs, and a successor may
   * publish under its id by now.
   *
   * @param ended whether to say first that it has ended
   */
  synchronized void leave(boolean ended) {
    if (ended) {
      end();
    }
    left = true;
  }

  /** Returns the last picture, so coarse that nobody is to be recognized; none if not wanted. */
  Optional<SnapshotGrid> snapshot() {
    return Optional.ofNullable(snapshot);
  }

  private synchronized void send(SpecificRecord value) {
    if (left) {
      return;
    }
    if (spec.source().isLive()) {
      outbox.offerLive(value, () -> stats.dropped(DropReason.BROKER));
    } else {
      outbox.offerRecorded(value);
    }
  }
}
