// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.track;

import io.emotionstream.ingest.detect.Box;
import io.emotionstream.ingest.detect.GrayPicture;
import io.emotionstream.ingest.video.FaceRejection;
import io.emotionstream.ingest.video.FinderSettings;
import io.emotionstream.schemas.FaceImage;
import java.util.Optional;

/** Decides which faces are worth sending. */
final class FaceGate {
  /** Part of a face's box that must lie inside of the picture. */
  private static final double MIN_INSIDE = 0.8;

  /**
   * Least {@link io.emotionstream.ingest.detect.Landmarks#frontality()}: the nose lies between the
   * ears. The training data are full of faces half turned, and hold few profiles.
   */
  private static final double MIN_FRONTALITY = 0;

  /**
   * Least {@link Sharpness}, below all of 1,000 faces of FER-2013's Training split (0.073 to 6.4,
   * median 0.71); of the same faces after three 3 x 3 box blurs 95 % lie below 0.055.
   */
  private static final double MIN_SHARPNESS = 0.05;

  private final FinderSettings settings;

  FaceGate(FinderSettings settings) {
    this.settings = settings;
  }

  /**
   * Returns why this face is not to be cut out at all. Where it is comes first: of a face in an
   * excluded zone nothing else is asked.
   */
  Optional<FaceRejection> reject(Box face, double frontality, GrayPicture picture) {
    double x = face.centerX() / picture.width();
    double y = face.centerY() / picture.height();
    if (settings.excludedZones().stream().anyMatch(zone -> zone.contains(x, y))) {
      return Optional.of(FaceRejection.EXCLUDED_ZONE);
    }
    if (!settings.region().contains(x, y)) {
      return Optional.of(FaceRejection.OUTSIDE_REGION);
    }
    if (Math.min(face.width(), face.height()) < settings.minFaceSize()) {
      return Optional.of(FaceRejection.TOO_SMALL);
    }
    if (face.inside(picture.width(), picture.height()) < MIN_INSIDE) {
      return Optional.of(FaceRejection.CUT_OFF);
    }
    return frontality < MIN_FRONTALITY ? Optional.of(FaceRejection.PROFILE) : Optional.empty();
  }

  /** Returns why this crop is not to be sent. */
  Optional<FaceRejection> reject(FaceImage crop) {
    return Sharpness.of(crop) < MIN_SHARPNESS
        ? Optional.of(FaceRejection.BLURRED)
        : Optional.empty();
  }
}
