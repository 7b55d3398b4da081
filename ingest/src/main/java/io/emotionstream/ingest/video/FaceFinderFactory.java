// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.video;

/** Makes the finder of each camera. Safe for use by several threads. */
@FunctionalInterface
public interface FaceFinderFactory {

  /**
   * Opens the finder of one connection of a camera.
   *
   * @param cameraId for track ids and messages
   */
  FaceFinder open(String cameraId, FinderSettings settings);
}
