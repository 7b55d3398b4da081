// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.video;

import io.emotionstream.schemas.BoundingBox;
import io.emotionstream.schemas.FaceImage;
import java.util.Optional;

/**
 * A face in one picture, good enough to be sent.
 *
 * @param crop the face, cut with the margin that training faces have; a copy that may be kept
 * @param box where the face is, in pixels of the {@link VideoFrame}
 * @param score how sure the detector was, greater is surer; the scale is the detector's own.
 *     Between detections a track keeps the score of its last one
 * @param trackId same as long as this face is in view, unique among those of all cameras and
 *     connections of the process; says nothing of who it is. Empty for still pictures
 */
public record FoundFace(FaceImage crop, BoundingBox box, double score, Optional<String> trackId) {}
