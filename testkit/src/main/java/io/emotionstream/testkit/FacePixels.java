// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import io.emotionstream.model.GrayImage;
import io.emotionstream.schemas.ImageEncoding;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Noise around a gray level: the picture of a {@link FixedAnswer}. */
final class FacePixels {
  private FacePixels() {}

  static GrayImage draw(FixedAnswer answer, int width, int height, long seed) {
    Random random = new Random(seed);
    byte[] pixels = new byte[width * height];
    for (int i = 0; i < pixels.length; i++) {
      int noise = random.nextInt(2 * FixedAnswer.NOISE + 1) - FixedAnswer.NOISE;
      pixels[i] = (byte) (answer.grayLevel() + noise);
    }
    return new GrayImage(width, height, pixels);
  }

  static byte[] encode(GrayImage image, ImageEncoding encoding) {
    return switch (encoding) {
      case GRAY8 -> image.pixels();
      case PNG, JPEG -> encodeFile(image, encoding.name());
    };
  }

  private static byte[] encodeFile(GrayImage image, String format) {
    BufferedImage picture =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_GRAY);
    picture.getRaster().setDataElements(0, 0, image.width(), image.height(), image.pixels());
    try {
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      if (!ImageIO.write(picture, format, file)) {
        throw new IllegalStateException("this JDK cannot write " + format);
      }
      return file.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
