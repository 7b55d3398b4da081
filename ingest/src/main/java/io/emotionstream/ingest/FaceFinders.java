// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest;

import io.emotionstream.ingest.video.FaceFinderFactory;

/** Which face finder cameras have. */
final class FaceFinders {
  private FaceFinders() {}

  static FaceFinderFactory usual() {
    return (camera, settings) -> {
      throw new UnsupportedOperationException("no face finder is built in yet");
    };
  }
}
