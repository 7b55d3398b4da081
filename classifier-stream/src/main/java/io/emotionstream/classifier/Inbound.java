// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.schemas.CameraHeartbeat;
import io.emotionstream.schemas.DeadLetterReason;
import io.emotionstream.schemas.FaceFrame;

/** What a record of {@code face-frames} turned out to be. */
sealed interface Inbound {

  /**
   * A frame that can be classified.
   *
   * @param pixels its normalized face
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared: it only carries pixels
  record Face(FaceFrame frame, float[] pixels) implements Inbound {}

  /** A camera's sign of life. */
  record Heartbeat(CameraHeartbeat heartbeat) implements Inbound {}

  /**
   * A record that cannot be used.
   *
   * @param message the reason in words, with the offending value
   */
  record Rejected(DeadLetterReason reason, String message) implements Inbound {}
}
