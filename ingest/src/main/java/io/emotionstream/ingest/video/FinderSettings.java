// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.video;

import java.util.List;

/**
 * What a camera's {@link FaceFinder} looks for.
 *
 * @param detectionInterval the detector runs in each picture whose number among those shown to the
 *     finder is a multiple of this, tracking carries the faces in between; at least 1
 * @param minFaceSize smallest side of a face's bounding box, in pixels of the picture, at least
 *     {@value #SMALLEST_FACE}
 * @param facesPerSecond how often a face that stays in view is sent, in seconds of the stream;
 *     positive, infinite where each picture's is. Without effect on still pictures
 * @param region faces whose centre lies outside are not sent
 * @param excludedZones faces whose centre lies in one are not sent: staff, a screen, a poster
 * @param still pictures have nothing to do with one another: each is detected, none is tracked
 */
public record FinderSettings(
    int detectionInterval,
    int minFaceSize,
    double facesPerSecond,
    PictureZone region,
    List<PictureZone> excludedZones,
    boolean still) {
  /** Detects in every fifth picture. */
  public static final int DEFAULT_DETECTION_INTERVAL = 5;

  /** Faces of fewer pixels than the network reads tell little. */
  public static final int DEFAULT_MIN_FACE_SIZE = 48;

  /** An expression lasts longer than a fifth of a second. */
  public static final double DEFAULT_FACES_PER_SECOND = 5;

  /** No detector finds smaller ones. */
  public static final int SMALLEST_FACE = 16;

  public FinderSettings {
    excludedZones = List.copyOf(excludedZones);
    if (detectionInterval < 1) {
      throw new IllegalArgumentException(
          "detection interval must be at least 1 picture, was " + detectionInterval);
    }
    if (minFaceSize < SMALLEST_FACE || minFaceSize > VideoFrame.MAX_SIDE) {
      throw new IllegalArgumentException(
          "minimum face size must be %d to %d pixels, was %d"
              .formatted(SMALLEST_FACE, VideoFrame.MAX_SIDE, minFaceSize));
    }
    if (!(facesPerSecond > 0)) { // true for NaN
      throw new IllegalArgumentException(
          "faces a second of a track must be positive, was " + facesPerSecond);
    }
  }

  /** Settings of a camera where nothing else is wanted. */
  public static FinderSettings defaults() {
    return new FinderSettings(
        DEFAULT_DETECTION_INTERVAL,
        DEFAULT_MIN_FACE_SIZE,
        DEFAULT_FACES_PER_SECOND,
        PictureArea.ALL,
        List.of(),
        false);
  }

  /** Returns these settings with another interval. */
  public FinderSettings withDetectionInterval(int pictures) {
    return new FinderSettings(pictures, minFaceSize, facesPerSecond, region, excludedZones, still);
  }

  /** Returns these settings with another smallest face. */
  public FinderSettings withMinFaceSize(int pixels) {
    return new FinderSettings(
        detectionInterval, pixels, facesPerSecond, region, excludedZones, still);
  }

  /** Returns these settings with another pace. */
  public FinderSettings withFacesPerSecond(double faces) {
    return new FinderSettings(detectionInterval, minFaceSize, faces, region, excludedZones, still);
  }
}
