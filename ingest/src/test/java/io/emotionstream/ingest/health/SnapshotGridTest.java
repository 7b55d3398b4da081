// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.ingest.video.VideoFrame;
import io.emotionstream.schemas.BoundingBox;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class SnapshotGridTest {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;
  private static final int GRAY = 128;

  @Test
  void placesOfFacesAreGrayWithAMarginAndTheRestIsAMosaic() throws IOException {
    byte[] pixels = new byte[WIDTH * HEIGHT];
    new Random(1).nextBytes(pixels);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (200 + pixels[i] % 50); // no cell of these is 128
    }

    Raster shown = show(WIDTH, HEIGHT, pixels, List.of(new BoundingBox(200, 160, 80, 80)));

    // A cell is 10 x 10 pixels of the picture and 8 x 8 of the mosaic; the margin is 20 pixels.
    assertThat(shown.getWidth()).isEqualTo(64 * 8);
    for (int row = 0; row < 48; row++) {
      for (int column = 0; column < 64; column++) {
        boolean hidden = column >= 18 && column <= 30 && row >= 14 && row <= 26;
        int value = shown.getSample(column * 8, row * 8, 0);
        assertThat(value == GRAY).as("cell %d, %d is %d", column, row, value).isEqualTo(hidden);
        assertThat(shown.getSample(column * 8 + 7, row * 8 + 7, 0)).isEqualTo(value);
      }
    }
  }

  @Test
  void placesOverTheBorderAreHiddenAsFarAsTheyGo() throws IOException {
    byte[] white = new byte[WIDTH * HEIGHT];
    Arrays.fill(white, (byte) 255);

    Raster shown =
        show(
            WIDTH,
            HEIGHT,
            white,
            List.of(new BoundingBox(-30, -30, 60, 60), new BoundingBox(620, 470, 80, 80)));

    assertThat(shown.getSample(0, 0, 0)).isEqualTo(GRAY);
    assertThat(shown.getSample(511, 383, 0)).isEqualTo(GRAY);
    assertThat(shown.getSample(256, 192, 0)).isEqualTo(255);
  }

  @Test
  void pictureOfOneColumnTakesNoMemoryToSpeakOf() throws IOException {
    Raster shown = show(1, 1920, new byte[1920], List.of());

    assertThat(shown.getHeight()).isLessThanOrEqualTo(4 * 64 * 8);
  }

  private static Raster show(int width, int height, byte[] pixels, List<BoundingBox> places)
      throws IOException {
    ByteBuffer gray = ByteBuffer.allocateDirect(pixels.length).put(pixels).flip();
    VideoFrame frame = new VideoFrame(0, Instant.EPOCH, Duration.ZERO, width, height, gray);
    byte[] png = SnapshotGrid.of(frame, places).toPng();
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    return image.getRaster();
  }
}
