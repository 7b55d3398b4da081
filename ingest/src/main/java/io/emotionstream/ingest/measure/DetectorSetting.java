// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.measure;

import io.emotionstream.ingest.detect.DetectorKind;

/**
 * What is measured.
 *
 * @param minFaceSize as in {@link io.emotionstream.ingest.detect.FaceDetector#detect}
 */
public record DetectorSetting(DetectorKind kind, int minFaceSize) {
  @Override
  public String toString() {
    return kind.id() + " " + minFaceSize + " px";
  }
}
