// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.measure;

import io.emotionstream.ingest.decode.StreamException;
import io.emotionstream.ingest.detect.Box;
import io.emotionstream.ingest.detect.DetectedFace;
import io.emotionstream.ingest.detect.FaceDetector;
import io.emotionstream.ingest.detect.GrayPicture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a detector did on photos with published boxes. A face counts where the detector is sure of
 * it; it is right where it shares more than {@value #SAME} of its area with a box (intersection
 * over union), for detectors do not agree where a face ends.
 *
 * @param faces published
 * @param found of them
 * @param falsePositives detections that are none of the published faces
 * @param meanOverlap of those found, NaN where there are none
 */
public record DetectionScore(int faces, int found, int falsePositives, double meanOverlap) {
  private static final double SAME = 0.3;

  /**
   * Shows the photos to a detector of this setting.
   *
   * @param folder where the photos are
   * @throws StreamException if one cannot be read
   */
  public static DetectionScore measure(DetectorSetting setting, Path folder, PublishedBoxes truth)
      throws StreamException {
    int faces = 0;
    int falsePositives = 0;
    List<Double> overlaps = new ArrayList<>();
    try (FaceDetector detector = setting.kind().open()) {
      for (Map.Entry<String, List<Box>> photo : truth.faces().entrySet()) {
        List<Box> seen = new ArrayList<>();
        new MediaFile(folder.resolve(photo.getKey()))
            .read(
                frame ->
                    detector.detect(GrayPicture.of(frame), setting.minFaceSize()).stream()
                        .filter(face -> face.score() >= detector.sureScore())
                        .map(DetectedFace::box)
                        .forEach(seen::add));
        faces += photo.getValue().size();
        for (Box published : photo.getValue()) {
          take(seen, published).ifPresent(overlaps::add);
        }
        falsePositives += seen.size();
      }
    }
    double mean = overlaps.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    return new DetectionScore(faces, overlaps.size(), falsePositives, mean);
  }

  /** Takes the box out of {@code seen} that is this face; returns how much they share. */
  private static Optional<Double> take(List<Box> seen, Box published) {
    Optional<Box> best =
        seen.stream()
            .max(Comparator.comparingDouble(published::overlap))
            .filter(box -> published.overlap(box) > SAME);
    best.ifPresent(seen::remove);
    return best.map(published::overlap);
  }
}
