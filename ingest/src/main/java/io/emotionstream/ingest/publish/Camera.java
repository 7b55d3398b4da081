// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.publish;

import io.emotionstream.ingest.source.FaceCrop;
import io.emotionstream.schemas.CameraHeartbeat;
import io.emotionstream.schemas.FaceFrame;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * One camera of a run: numbers and times what it shows. Used by one thread.
 *
 * <p>Times are in microseconds and strictly increase, also where the clock stands still or is set
 * back; so a heartbeat is later than every frame before it and earlier than every one after.
 */
public final class Camera {
  private final String id;
  private final String framePrefix;
  private final InstantSource clock;
  private Instant last = Instant.EPOCH;
  private long sequence;

  /**
   * @param id record key of all it shows
   * @param run name of the run, which keeps frame ids unique over runs
   */
  public Camera(String id, String run, InstantSource clock) {
    this.id = id;
    this.framePrefix = id + "-" + run + "-";
    this.clock = clock;
  }

  public String id() {
    return id;
  }

  /** Returns {@code crop} as the camera's next frame, captured now. */
  FaceFrame capture(FaceCrop crop) {
    long number = sequence++;
    FaceFrame.Builder frame =
        FaceFrame.newBuilder()
            .setFrameId(framePrefix + number)
            .setCameraId(id)
            .setSequence(number)
            .setCapturedAt(tick())
            .setImage(crop.image());
    crop.label().ifPresent(frame::setLabel);
    return frame.build();
  }

  /** Returns a sign of life, observed now. */
  CameraHeartbeat heartbeat(boolean ended) {
    return new CameraHeartbeat(id, tick(), ended);
  }

  private Instant tick() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Instant next = last.plus(1, ChronoUnit.MICROS);
    last = now.isBefore(next) ? next : now;
    return last;
  }
}
