// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import static io.emotionstream.schemas.ImageEncoding.GRAY8;
import static io.emotionstream.schemas.ImageEncoding.JPEG;
import static io.emotionstream.schemas.ImageEncoding.PNG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.emotionstream.schemas.DeadLetterReason;
import io.emotionstream.schemas.FaceImage;
import io.emotionstream.schemas.ImageEncoding;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaceDecoderTest {
  private final FaceDecoder decoder = new FaceDecoder(64);

  @Test
  void takesGrayPixelsAsTheyAre() throws Exception {
    GrayImage gray = decoder.decode(image(GRAY8, 3, 1, new byte[] {0, 127, -1}));

    assertThat(gray.pixels()).containsExactly(0, 127, -1);
  }

  @Test
  void takesTheSamplesOfAGrayPngAsTheyAre() throws Exception {
    BufferedImage picture = new BufferedImage(256 / 8, 8, BufferedImage.TYPE_BYTE_GRAY);
    byte[] expected = new byte[256];
    for (int i = 0; i < 256; i++) {
      picture.getRaster().setSample(i % 32, i / 32, 0, i);
      expected[i] = (byte) i;
    }

    GrayImage gray = decoder.decode(image(PNG, 32, 8, encode(picture, "png")));

    assertThat(gray.pixels()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"255,0,0,76", "0,255,0,150", "0,0,255,29", "255,255,255,255", "10,20,30,18"})
  void turnsColoursIntoLuminance(int red, int green, int blue, int luminance) throws Exception {
    BufferedImage picture = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(1, 1, new Color(red, green, blue).getRGB());

    GrayImage gray = decoder.decode(image(PNG, 2, 2, encode(picture, "png")));

    assertThat(gray.pixels()[3] & 0xFF).isEqualTo(luminance);
    assertThat(gray.pixels()[0]).isZero();
  }

  @Test
  void scalesSixteenBitGrayToEight() throws Exception {
    BufferedImage picture = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    picture.getRaster().setSample(0, 0, 0, 0x8080);

    GrayImage gray = decoder.decode(image(PNG, 1, 1, encode(picture, "png")));

    assertThat(gray.pixels()[0] & 0xFF).isEqualTo(0x80);
  }

  @Test
  void readsJpeg() throws Exception {
    BufferedImage picture = new BufferedImage(48, 48, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 48 * 48; i++) {
      picture.setRGB(i % 48, i / 48, 0x646464);
    }

    GrayImage gray = decoder.decodeFile(encode(picture, "jpg"));

    assertThat(gray.width()).isEqualTo(48);
    for (byte pixel : gray.pixels()) {
      assertThat(pixel & 0xFF).isBetween(98, 102);
    }
  }

  @ParameterizedTest
  @CsvSource({"0,48", "48,0", "-1,48", "65,48", "48,2147483647"})
  void refusesAbsurdDimensions(int width, int height) {
    InvalidFaceException refusal = refusal(image(GRAY8, width, height, new byte[48 * 48]));

    assertThat(refusal.reason()).isEqualTo(DeadLetterReason.BAD_DIMENSIONS);
    assertThat(refusal).hasMessageContaining("must be between 1 and 64 pixels, was");
  }

  @Test
  void refusesGrayPixelsOfAnotherSize() {
    InvalidFaceException refusal = refusal(image(GRAY8, 48, 48, new byte[10]));

    assertThat(refusal.reason()).isEqualTo(DeadLetterReason.BAD_DIMENSIONS);
    assertThat(refusal).hasMessage("48 x 48 GRAY8 needs 2304 bytes, got 10");
  }

  @Test
  void refusesAFileThatIsNotOfTheDeclaredSize() throws Exception {
    byte[] png = encode(new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_GRAY), "png");

    InvalidFaceException refusal = refusal(image(PNG, 48, 48, png));

    assertThat(refusal.reason()).isEqualTo(DeadLetterReason.BAD_DIMENSIONS);
    assertThat(refusal).hasMessage("the frame says 48 x 48 but its PNG holds 40 x 30");
  }

  @Test
  void readsNoPixelOfADecompressionBomb() throws Exception {
    byte[] png = encode(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY), "png");
    ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000); // IHDR: 3.6 gigapixels

    InvalidFaceException refusal = refusal(image(PNG, 48, 48, png));

    assertThat(refusal.reason()).isEqualTo(DeadLetterReason.BAD_DIMENSIONS);
    assertThat(refusal).hasMessage("width must be between 1 and 64 pixels, was 60000");
  }

  @Test
  void refusesAJpegOfManyScansBeforeItDecodesOne() throws Exception {
    byte[] jpeg = encode(new BufferedImage(48, 48, BufferedImage.TYPE_INT_RGB), "jpg");
    byte[] many = Arrays.copyOf(jpeg, jpeg.length + 200);
    for (int i = jpeg.length; i < many.length; i += 2) {
      many[i] = (byte) 0xFF;
      many[i + 1] = (byte) 0xDA;
    }

    InvalidFaceException refusal = refusal(image(JPEG, 48, 48, many));

    assertThat(refusal)
        .hasMessage("101 scans are more than the 64 that a progressive JPEG may have");
  }

  @ParameterizedTest
  @CsvSource({"png", "jpg"})
  void refusesEveryTruncatedFile(String format) throws Exception {
    byte[] whole = encode(new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB), format);
    ImageEncoding encoding = format.equals("png") ? PNG : JPEG;

    for (int length = 0; length < whole.length / 2; length++) {
      InvalidFaceException refusal = refusal(image(encoding, 16, 16, Arrays.copyOf(whole, length)));
      assertThat(refusal.reason()).isEqualTo(DeadLetterReason.UNDECODABLE_IMAGE);
    }
  }

  @Test
  void refusesAFileThatIsNoPicture() {
    InvalidFaceException refusal =
        catchThrowableOfType(
            InvalidFaceException.class, () -> decoder.decodeFile(new byte[] {'G', 'I', 'F'}));

    assertThat(refusal).hasMessage("3 bytes are neither PNG nor JPEG");
  }

  private InvalidFaceException refusal(FaceImage image) {
    InvalidFaceException refusal =
        catchThrowableOfType(InvalidFaceException.class, () -> decoder.decode(image));
    assertThat(refusal)
        .as("%s of %d bytes".formatted(image.getEncoding(), image.getData().remaining()))
        .isNotNull();
    return refusal;
  }

  private static FaceImage image(ImageEncoding encoding, int width, int height, byte[] data) {
    return new FaceImage(encoding, width, height, ByteBuffer.wrap(data));
  }

  private static byte[] encode(BufferedImage picture, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(picture, format.toLowerCase(Locale.ROOT), out)).isTrue();
    return out.toByteArray();
  }
}
