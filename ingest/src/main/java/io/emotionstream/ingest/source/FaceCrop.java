// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.source;

import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.FaceImage;
import java.util.Optional;

/**
 * One face, ready to be shown by a camera.
 *
 * @param image the pixels or the picture file
 * @param label the truth, where the source knows it
 */
public record FaceCrop(FaceImage image, Optional<Emotion> label) {}
