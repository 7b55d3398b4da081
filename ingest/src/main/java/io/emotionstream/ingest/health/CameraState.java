// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.health;

/** What a camera is doing. */
public enum CameraState {
  /** It is being opened. */
  CONNECTING,
  /** Its pictures are read. */
  RUNNING,
  /** It does not answer, or broke off; it is tried again after a while. */
  WAITING,
  /** A recording came to its end. */
  ENDED,
  /** A recording cannot be read. */
  FAILED
}
