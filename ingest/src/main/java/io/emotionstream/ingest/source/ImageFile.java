// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.source;

import io.emotionstream.schemas.FaceImage;
import io.emotionstream.schemas.ImageEncoding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A PNG or JPEG file as it is: told by its first bytes, sized by its header, its pixels not
 * decoded.
 */
final class ImageFile {
  /** Greatest file, in bytes: a record of it fits what the broker accepts by default. */
  static final long MAX_BYTES = 1_000_000;

  private ImageFile() {}

  static FaceImage read(Path file) throws UnusableException {
    byte[] bytes = bytes(file);
    ImageEncoding encoding = encoding(bytes);
    ImageReader reader = ImageIO.getImageReadersByFormatName(encoding.name()).next();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(in, true, true);
      return new FaceImage(
          encoding, reader.getWidth(0), reader.getHeight(0), ByteBuffer.wrap(bytes));
    } catch (IOException | RuntimeException e) { // damaged files make ImageIO throw both
      throw new UnusableException(
          SkipReason.UNREADABLE_FILE,
          "%d bytes are not a readable %s: %s".formatted(bytes.length, encoding, e.getMessage()));
    } finally {
      reader.dispose();
    }
  }

  private static byte[] bytes(Path file) throws UnusableException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) { // to open a pipe may take for ever
        throw new UnusableException(
            SkipReason.UNREADABLE_FILE, "is a pipe, a device or the like, not a file");
      }
      long size = attributes.size();
      if (size > MAX_BYTES) {
        throw new UnusableException(
            SkipReason.TOO_LARGE,
            String.format(
                Locale.ROOT,
                "has %,d bytes, a record holds %,d: crop or shrink it",
                size,
                MAX_BYTES));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UnusableException(SkipReason.UNREADABLE_FILE, "cannot be read: " + e);
    }
  }

  private static ImageEncoding encoding(byte[] file) throws UnusableException {
    if (file.length > 3 && (file[0] & 0xFF) == 0x89 && file[1] == 'P' && file[2] == 'N') {
      return ImageEncoding.PNG;
    }
    if (file.length > 2 && (file[0] & 0xFF) == 0xFF && (file[1] & 0xFF) == 0xD8) {
      return ImageEncoding.JPEG;
    }
    throw new UnusableException(
        SkipReason.NOT_AN_IMAGE, "%d bytes are neither PNG nor JPEG".formatted(file.length));
  }
}
