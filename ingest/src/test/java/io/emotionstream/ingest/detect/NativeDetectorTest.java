// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NativeDetectorTest {
  private static final long ALLOWED_GROWTH = 64L << 20;

  @ParameterizedTest
  @EnumSource
  void takesPicturesOfAnySize(DetectorKind kind) {
    try (FaceDetector detector = kind.open()) {
      for (int[] size : new int[][] {{1, 1}, {3, 2000}, {2000, 3}, {64, 48}, {7680, 4320}}) {
        GrayPicture gray = GrayPicture.copyOf(size[0], size[1], new byte[size[0] * size[1]]);

        assertThat(detector.detect(gray, 48)).as("%s x %s", size[0], size[1]).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsNoMemoryOfPastPictures(DetectorKind kind) {
    byte[] noise = new byte[320 * 240];
    new Random(7).nextBytes(noise);
    GrayPicture picture = GrayPicture.copyOf(320, 240, noise);
    try (FaceDetector detector = kind.open()) {
      detect(detector, picture, 30);
      long tracked = Pointer.totalBytes();
      long resident = Pointer.physicalBytes();

      detect(detector, picture, 200);

      assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(tracked);
      assertThat(Pointer.physicalBytes() - resident).isLessThan(ALLOWED_GROWTH);
    }
  }

  private static void detect(FaceDetector detector, GrayPicture picture, int times) {
    for (int i = 0; i < times; i++) {
      detector.detect(picture, 48);
    }
  }
}
