// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.video;

/** Why a detected face was not sent. */
public enum FaceRejection {
  /** The face is smaller than the camera's minimum. */
  TOO_SMALL,
  /** The face lies in a zone whose faces are to be dropped. */
  EXCLUDED_ZONE,
  /** The face lies outside the camera's region of interest. */
  OUTSIDE_REGION,
  /** The face is too blurred to be read. */
  BLURRED,
  /** The face looks to the side. */
  PROFILE,
  /** The face is cut by the border of the picture. */
  CUT_OFF,
  /** The detector, or the track that carries it, is not sure enough. */
  UNSURE,
  /** The same face was sent a moment ago: the rate of a track. */
  OVER_RATE
}
