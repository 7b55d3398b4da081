// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaceNormalizerTest {

  @Test
  void scalesA48x48FaceWithoutTouchingItsPixels() {
    byte[] pixels = new byte[FaceNormalizer.PIXELS];
    new Random(1).nextBytes(pixels);

    float[] face = FaceNormalizer.normalize(new GrayImage(48, 48, pixels));

    for (int i = 0; i < pixels.length; i++) {
      assertThat(face[i]).isEqualTo((pixels[i] & 0xFF) / 255f);
    }
  }

  @Test
  void averagesBlocksWhenTheFaceIsAWholeMultiple() {
    byte[] pixels = new byte[96 * 96];
    pixels[0] = (byte) 200;
    pixels[1] = 100;
    pixels[96] = 60;
    pixels[97] = 40;

    float[] face = FaceNormalizer.normalize(new GrayImage(96, 96, pixels));

    assertThat(face[0]).isCloseTo(100 / 255f, within(1e-6f));
    assertThat(face[1]).isZero();
  }

  @Test
  void repeatsPixelsWhenTheFaceIsSmaller() {
    float[] face = FaceNormalizer.normalize(new GrayImage(2, 1, new byte[] {(byte) 255, 0}));

    assertThat(face[0]).isEqualTo(1);
    assertThat(face[23]).isEqualTo(1);
    assertThat(face[24]).isZero();
    assertThat(face[47 * 48 + 23]).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "7,5", "47,49", "48,50", "100,33", "1024,1024"})
  void keepsTheMeanAndTheRangeAtAnySize(int width, int height) {
    byte[] pixels = new byte[width * height];
    new Random(width * 31L + height).nextBytes(pixels);
    double mean = 0;
    for (byte pixel : pixels) {
      mean += (pixel & 0xFF) / 255.0 / pixels.length;
    }

    float[] face = FaceNormalizer.normalize(new GrayImage(width, height, pixels));

    double sum = 0;
    for (float value : face) {
      assertThat(value).isBetween(0f, 1f);
      sum += value;
    }
    assertThat(sum / face.length).isCloseTo(mean, within(1e-4));
  }

  @Test
  void refusesPixelsThatDoNotFillThePicture() {
    assertThatThrownBy(() -> new GrayImage(2, 2, new byte[3]))
        .hasMessage("2 x 2 pixels need 4 bytes, got 3");
  }
}
