// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.detect;

import org.jspecify.annotations.Nullable;

/**
 * A face that a {@link FaceDetector} saw in a picture.
 *
 * @param box from the brows' upper end or the forehead to the chin, in pixels of the picture
 * @param score how sure the detector is, 0 to 1; scores of two detectors do not compare
 * @param landmarks null where the detector has none
 */
public record DetectedFace(Box box, double score, @Nullable Landmarks landmarks) {}
