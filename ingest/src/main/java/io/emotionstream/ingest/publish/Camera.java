// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.publish;

import io.emotionstream.ingest.source.FaceCrop;
import io.emotionstream.ingest.video.FoundFace;
import io.emotionstream.schemas.BoundingBox;
import io.emotionstream.schemas.CameraHeartbeat;
import io.emotionstream.schemas.FaceFrame;
import io.emotionstream.schemas.FaceImage;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * One camera of a run: numbers and times what it shows. Safe for use by several threads.
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
  synchronized FaceFrame capture(FaceCrop crop) {
    FaceFrame.Builder frame = frame(crop.image(), clock.instant());
    crop.label().ifPresent(frame::setLabel);
    return frame.build();
  }

  /**
   * Returns {@code face} as the camera's next frame.
   *
   * @param time when its picture was taken
   * @param shrink pixels of the camera's picture for one of the decoded picture
   */
  public synchronized FaceFrame capture(FoundFace face, Instant time, double shrink) {
    BoundingBox box = face.box();
    FaceFrame.Builder frame = frame(face.crop(), time);
    frame.setBoundingBox(
        new BoundingBox(
            scaled(box.getX(), shrink),
            scaled(box.getY(), shrink),
            scaled(box.getWidth(), shrink),
            scaled(box.getHeight(), shrink)));
    face.trackId().ifPresent(frame::setTrackId);
    return frame.build();
  }

  /** Returns a sign of life, observed now. */
  public synchronized CameraHeartbeat heartbeat(boolean ended) {
    return heartbeat(clock.instant(), ended);
  }

  /** Returns a sign of life: whatever was to be seen until {@code time} was shown. */
  public synchronized CameraHeartbeat heartbeat(Instant time, boolean ended) {
    return new CameraHeartbeat(id, tick(time), ended);
  }

  private FaceFrame.Builder frame(FaceImage image, Instant time) {
    long number = sequence++;
    return FaceFrame.newBuilder()
        .setFrameId(framePrefix + number)
        .setCameraId(id)
        .setSequence(number)
        .setCapturedAt(tick(time))
        .setImage(image);
  }

  private Instant tick(Instant time) {
    Instant now = time.truncatedTo(ChronoUnit.MICROS);
    Instant next = last.plus(1, ChronoUnit.MICROS);
    last = now.isBefore(next) ? next : now;
    return last;
  }

  private static int scaled(int pixels, double shrink) {
    return (int) Math.round(pixels * shrink);
  }
}
