// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.detect;

import java.util.List;

/**
 * Finds faces in single pictures and remembers nothing of them.
 *
 * <p>Used by one thread at a time. Holds native memory until it is closed.
 */
public interface FaceDetector extends AutoCloseable {

  /**
   * Returns the faces in {@code picture}, the surest first. A low score comes back too: what to
   * believe is for the caller to decide.
   *
   * @param minFaceSize side of the smallest face that matters, in pixels; smaller ones may or may
   *     not be found. Small faces in large pictures take long
   */
  List<DetectedFace> detect(GrayPicture picture, int minFaceSize);

  /** Returns which score a face has that is likely to be one, seen once. */
  double sureScore();

  /** Idempotent. */
  @Override
  void close();
}
