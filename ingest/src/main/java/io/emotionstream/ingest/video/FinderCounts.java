// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.video;

import java.util.Map;

/**
 * What a {@link FaceFinder} has done since it was opened.
 *
 * @param detections pictures in which the detector ran
 * @param faces faces returned, over all pictures
 * @param tracksStarted faces that came into view
 * @param tracksInView faces in view at the last picture
 * @param rejected faces not returned, by reason, over all pictures; a reason without any may be
 *     missing
 */
public record FinderCounts(
    long detections,
    long faces,
    long tracksStarted,
    int tracksInView,
    Map<FaceRejection, Long> rejected) {
  public FinderCounts {
    rejected = Map.copyOf(rejected);
  }

  /** Counts of a finder that has seen nothing. */
  public static FinderCounts none() {
    return new FinderCounts(0, 0, 0, 0, Map.of());
  }
}
