// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import static io.emotionstream.schemas.DeadLetterReason.BAD_DIMENSIONS;
import static io.emotionstream.schemas.DeadLetterReason.UNDECODABLE_IMAGE;

import io.emotionstream.schemas.FaceImage;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Turns a {@link FaceImage}, or a picture file, into grayscale pixels.
 *
 * <p>Colours become luminance after ITU-R BT.601 (0.299 R + 0.587 G + 0.114 B, rounded); an alpha
 * channel is ignored. The size is read from the header and checked before any pixel is decoded, so
 * a decompression bomb costs nothing. Safe for use by several threads.
 */
public final class FaceDecoder {
  /** Default limit of width and of height, in pixels. */
  public static final int DEFAULT_MAX_SIDE = 1024;

  /** Each scan of a progressive JPEG costs a pass over all pixels: ten thousand fit into 120 kB. */
  private static final int MAX_SCANS = 64;

  private static final int START_OF_SCAN = 0xDA;

  private final int maxSide;

  /**
   * @param maxSide greatest width and height that is decoded, in pixels; positive
   */
  public FaceDecoder(int maxSide) {
    if (maxSide < 1) {
      throw new IllegalArgumentException("max face side must be at least 1, was " + maxSide);
    }
    this.maxSide = maxSide;
  }

  /**
   * Decodes the crop of a frame.
   *
   * @throws InvalidFaceException if its size is out of bounds or its bytes are damaged
   */
  public GrayImage decode(FaceImage image) throws InvalidFaceException {
    int width = image.getWidth();
    int height = image.getHeight();
    checkSide("declared width", width);
    checkSide("declared height", height);
    byte[] data = bytes(image.getData());
    return switch (image.getEncoding()) {
      case GRAY8 -> gray8(width, height, data);
      case PNG, JPEG -> {
        GrayImage decoded = decodeFile(data, image.getEncoding().name());
        if (decoded.width() != width || decoded.height() != height) {
          throw new InvalidFaceException(
              BAD_DIMENSIONS,
              "the frame says %d x %d but its %s holds %d x %d"
                  .formatted(
                      width, height, image.getEncoding(), decoded.width(), decoded.height()));
        }
        yield decoded;
      }
    };
  }

  /**
   * Decodes a whole PNG or JPEG file.
   *
   * @throws InvalidFaceException if it is neither, its size is out of bounds, or it is damaged
   */
  public GrayImage decodeFile(byte[] file) throws InvalidFaceException {
    return decodeFile(file, formatOf(file));
  }

  private GrayImage decodeFile(byte[] file, String format) throws InvalidFaceException {
    int scans = format.equals("JPEG") ? scans(file) : 0;
    if (scans > MAX_SCANS) {
      throw new InvalidFaceException(
          UNDECODABLE_IMAGE,
          "%d scans are more than the %d that a progressive JPEG may have"
              .formatted(scans, MAX_SCANS));
    }
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    ImageReader reader = readers.next(); // the JDK always has PNG and JPEG
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in, true, true);
      checkSide("width", reader.getWidth(0));
      checkSide("height", reader.getHeight(0));
      return gray(reader.read(0));
    } catch (IOException | RuntimeException e) { // damaged files make ImageIO throw both
      throw new InvalidFaceException(
          UNDECODABLE_IMAGE,
          "%d bytes are not a readable %s: %s".formatted(file.length, format, e.getMessage()),
          e);
    } finally {
      reader.dispose();
    }
  }

  /** Returns how many start-of-scan markers stand in a JPEG file. */
  private static int scans(byte[] file) {
    int scans = 0;
    for (int i = 1; i < file.length; i++) {
      if ((file[i - 1] & 0xFF) == 0xFF && (file[i] & 0xFF) == START_OF_SCAN) {
        scans++;
      }
    }
    return scans;
  }

  private static String formatOf(byte[] file) throws InvalidFaceException {
    if (file.length > 3 && (file[0] & 0xFF) == 0x89 && file[1] == 'P' && file[2] == 'N') {
      return "PNG";
    }
    if (file.length > 2 && (file[0] & 0xFF) == 0xFF && (file[1] & 0xFF) == 0xD8) {
      return "JPEG";
    }
    throw new InvalidFaceException(
        UNDECODABLE_IMAGE, "%d bytes are neither PNG nor JPEG".formatted(file.length));
  }

  private static GrayImage gray8(int width, int height, byte[] data) throws InvalidFaceException {
    if (data.length != (long) width * height) {
      throw new InvalidFaceException(
          BAD_DIMENSIONS,
          "%d x %d GRAY8 needs %d bytes, got %d"
              .formatted(width, height, (long) width * height, data.length));
    }
    return new GrayImage(width, height, data);
  }

  private void checkSide(String what, int side) throws InvalidFaceException {
    if (side < 1 || side > maxSide) {
      throw new InvalidFaceException(
          BAD_DIMENSIONS,
          String.format(
              Locale.ROOT, "%s must be between 1 and %d pixels, was %d", what, maxSide, side));
    }
  }

  private static GrayImage gray(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] gray = new byte[width * height];
    // getRGB would apply Java's linear gray colour space: samples of gray pictures are taken raw.
    if (image.getColorModel().getNumColorComponents() == 1) {
      Raster raster = image.getRaster();
      int bits = raster.getSampleModel().getSampleSize(0);
      int max = (1 << bits) - 1;
      int[] samples = raster.getSamples(0, 0, width, height, 0, (int[]) null);
      for (int i = 0; i < samples.length; i++) {
        gray[i] = (byte) (bits == 8 ? samples[i] : Math.round(samples[i] * 255f / max));
      }
    } else {
      int[] row = new int[width];
      for (int y = 0; y < height; y++) {
        image.getRGB(0, y, width, 1, row, 0, width);
        for (int x = 0; x < width; x++) {
          gray[y * width + x] = luminance(row[x]);
        }
      }
    }
    return new GrayImage(width, height, gray);
  }

  private static byte luminance(int rgb) {
    int r = rgb >> 16 & 0xFF;
    int g = rgb >> 8 & 0xFF;
    int b = rgb & 0xFF;
    return (byte) ((299 * r + 587 * g + 114 * b + 500) / 1000);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
