// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest;

import io.emotionstream.ingest.detect.DetectorKind;
import io.emotionstream.ingest.video.FaceFinder;
import io.emotionstream.ingest.video.FaceFinderFactory;
import io.emotionstream.ingest.video.FinderSettings;
import org.jspecify.annotations.Nullable;

/**
 * The face finders of cameras, loaded when the first camera asks: a run without cameras loads no
 * detector. They live as long as the process.
 */
final class FaceFinders implements FaceFinderFactory {
  private io.emotionstream.ingest.track.@Nullable FaceFinders loaded;

  private FaceFinders() {}

  static FaceFinderFactory usual() {
    return new FaceFinders();
  }

  @Override
  public synchronized FaceFinder open(String cameraId, FinderSettings settings) {
    io.emotionstream.ingest.track.FaceFinders finders = loaded;
    if (finders == null) {
      finders = io.emotionstream.ingest.track.FaceFinders.open(DetectorKind.BLAZEFACE);
      loaded = finders;
    }
    return finders.open(cameraId, settings);
  }
}
