// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.ingest.detect.Box;
import io.emotionstream.ingest.detect.GrayPicture;
import io.emotionstream.schemas.FaceImage;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class FaceCropperTest {
  @Test
  void cutsThePixelsAsTheyAre() {
    FaceImage crop = FaceCropper.cut(columns(10, 8), new Box(2, 3, 4, 4));

    assertThat(crop.getWidth()).isEqualTo(4);
    assertThat(crop.getHeight()).isEqualTo(4);
    assertThat(rows(crop)[0]).containsExactly(2, 3, 4, 5);
    assertThat(rows(crop)[3]).containsExactly(2, 3, 4, 5);
  }

  @Test
  void goesOnWithTheBordersPixelsBeyondIt() {
    FaceImage crop = FaceCropper.cut(columns(10, 8), new Box(-2, -2, 4, 4));
    FaceImage far = FaceCropper.cut(columns(10, 8), new Box(8, 100, 4, 4));

    assertThat(rows(crop)[0]).containsExactly(0, 0, 0, 1);
    assertThat(rows(far)[2]).containsExactly(8, 9, 9, 9);
  }

  @Test
  void averagesALargeFaceDown() {
    FaceImage crop = FaceCropper.cut(columns(2000, 1000), new Box(0, 0, 800, 800));

    assertThat(crop.getWidth()).isEqualTo(160).isLessThanOrEqualTo(FaceCropper.MAX_SIDE);
    assertThat(crop.getData().remaining()).isEqualTo(160 * 160);
    assertThat(rows(crop)[7]).startsWith(2, 7, 12, 17); // means of 0 to 4, 5 to 9 and so on
  }

  @Test
  void cutsAFaceAsLargeAsThePictureOfOnePixel() {
    FaceImage crop = FaceCropper.cut(columns(1, 1), new Box(-5, -5, 11, 11));

    assertThat(crop.getData().remaining()).isEqualTo(121);
  }

  /** A picture whose pixels tell their column. */
  private static GrayPicture columns(int width, int height) {
    byte[] pixels = new byte[width * height];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i % width);
    }
    return GrayPicture.copyOf(width, height, pixels);
  }

  private static int[][] rows(FaceImage crop) {
    ByteBuffer data = crop.getData().duplicate();
    int[][] rows = new int[crop.getHeight()][crop.getWidth()];
    for (int[] row : rows) {
      for (int x = 0; x < row.length; x++) {
        row[x] = data.get() & 0xFF;
      }
    }
    return rows;
  }
}
