// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.detect;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** What the detectors share of OpenCV. */
final class OpenCv {
  private OpenCv() {}

  /** Loads the native library; each detector works in the thread that calls it and in no other. */
  static void load() {
    // For the whole process: threads are bounded by those that decode and detect.
    opencv_core.setNumThreads(1);
  }

  /** Returns a view of the picture, which must not outlive it. */
  static Mat view(GrayPicture picture) {
    return new Mat(
        picture.height(), picture.width(), opencv_core.CV_8UC1, new BytePointer(picture.gray()));
  }
}
