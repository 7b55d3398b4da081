// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.track;

import io.emotionstream.ingest.detect.Box;
import io.emotionstream.ingest.detect.DetectedFace;
import io.emotionstream.ingest.detect.FaceDetector;
import io.emotionstream.ingest.detect.GrayPicture;
import io.emotionstream.ingest.video.FaceFinder;
import io.emotionstream.ingest.video.FaceRejection;
import io.emotionstream.ingest.video.FinderCounts;
import io.emotionstream.ingest.video.FinderSettings;
import io.emotionstream.ingest.video.FoundFace;
import io.emotionstream.ingest.video.VideoFrame;
import io.emotionstream.schemas.BoundingBox;
import io.emotionstream.schemas.FaceImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Detects in every n-th picture, carries the faces in between, and cuts out those that are worth
 * sending and due.
 *
 * <p>A face that the last detection did not see is kept in mind, but not sent.
 */
final class TrackingFinder implements FaceFinder {
  private static final double NANOS = 1e9;

  private final FinderSettings settings;
  private final FaceDetector detector;
  private final FaceGate gate;
  private final FaceTracker tracker;
  private final Duration period;
  private final FinderTally tally = new FinderTally();
  private List<DetectedFace> detected = List.of();
  private Duration shownAt = Duration.ZERO;
  private long pictures;
  private int width;
  private int height;

  /**
   * @param detector shared, not closed with this
   * @param ids a new track id at each call
   */
  TrackingFinder(FinderSettings settings, FaceDetector detector, Supplier<String> ids) {
    this.settings = settings;
    this.detector = detector;
    this.gate = new FaceGate(settings);
    this.tracker = new FaceTracker(detector.sureScore(), ids);
    this.period = Duration.ofNanos((long) (NANOS / settings.facesPerSecond()));
  }

  @Override
  public List<FoundFace> find(VideoFrame frame) {
    GrayPicture picture = GrayPicture.of(frame);
    if (settings.still()) {
      return findStill(picture);
    }
    if (frame.width() != width || frame.height() != height) {
      tracker.reset();
      width = frame.width();
      height = frame.height();
      pictures = 0;
    }
    if (pictures++ % settings.detectionInterval() == 0) {
      reject(FaceRejection.UNSURE, tracker.detected(detect(picture), frame.elapsed()));
    }
    shownAt = frame.elapsed();
    List<FaceTrack> inView = tracker.inView();
    tally.tracks(tracker.started(), inView.size());
    List<FoundFace> found = new ArrayList<>();
    for (FaceTrack track : inView) {
      follow(track, picture, frame.elapsed()).ifPresent(found::add);
    }
    return found;
  }

  /** What the last detection saw stands beside the tracks, for not all of it starts one. */
  @Override
  public List<BoundingBox> places() {
    Stream<Box> seen = detected.stream().map(DetectedFace::box);
    Stream<Box> carried = tracker.all().stream().map(track -> track.at(shownAt));
    return Stream.concat(seen, carried).map(TrackingFinder::bounds).toList();
  }

  @Override
  public FinderCounts counts() {
    return tally.counts();
  }

  /** Forgets the faces; what native memory there is belongs to the detector. */
  @Override
  public void close() {
    tracker.reset();
    detected = List.of();
    tally.tracks(tracker.started(), 0);
  }

  private List<DetectedFace> detect(GrayPicture picture) {
    tally.detected();
    detected = detector.detect(picture, settings.minFaceSize());
    return detected;
  }

  private List<FoundFace> findStill(GrayPicture picture) {
    List<FoundFace> found = new ArrayList<>();
    for (DetectedFace face : detect(picture)) {
      if (face.score() < detector.sureScore()) {
        reject(FaceRejection.UNSURE, 1);
        continue;
      }
      cut(face.box(), FaceTrack.frontality(face), picture)
          .map(crop -> found(crop, face.box(), face.score(), Optional.empty()))
          .ifPresent(found::add);
    }
    return found;
  }

  private Optional<FoundFace> follow(FaceTrack track, GrayPicture picture, Duration elapsed) {
    Box box = track.at(elapsed);
    if (!track.isDue(elapsed)) {
      // Where the face may not be sent at all, that is the reason which counts.
      reject(gate.reject(box, track.frontality(), picture).orElse(FaceRejection.OVER_RATE), 1);
      return Optional.empty();
    }
    Optional<FoundFace> face =
        cut(box, track.frontality(), picture)
            .map(crop -> found(crop, box, track.score(), Optional.of(track.id())));
    if (face.isPresent()) {
      track.sent(elapsed, period);
    }
    return face;
  }

  /** Returns the crop, or counts why there is none. */
  private Optional<FaceImage> cut(Box box, double frontality, GrayPicture picture) {
    Optional<FaceRejection> rejection = gate.reject(box, frontality, picture);
    if (rejection.isEmpty()) {
      FaceImage crop = FaceCropper.cut(picture, CropShape.FER_2013.of(box));
      rejection = gate.reject(crop);
      if (rejection.isEmpty()) {
        return Optional.of(crop);
      }
    }
    reject(rejection.get(), 1);
    return Optional.empty();
  }

  private FoundFace found(FaceImage crop, Box box, double score, Optional<String> trackId) {
    tally.found();
    return new FoundFace(crop, bounds(box), score, trackId);
  }

  private static BoundingBox bounds(Box box) {
    return BoundingBox.newBuilder()
        .setX((int) Math.round(box.x()))
        .setY((int) Math.round(box.y()))
        .setWidth(Math.max(1, (int) Math.round(box.width())))
        .setHeight(Math.max(1, (int) Math.round(box.height())))
        .build();
  }

  private void reject(FaceRejection reason, int count) {
    tally.rejected(reason, count);
  }
}
