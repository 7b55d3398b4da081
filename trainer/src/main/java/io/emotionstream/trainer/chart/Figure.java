// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.chart;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * A figure that can become a picture; needs no screen.
 *
 * <p>Not safe for use by several threads.
 */
public interface Figure {

  /** Draws the figure, twice as fine as a screen, so that it is sharp at the width of a page. */
  BufferedImage image();

  /** Returns the figure as a PNG file. */
  default byte[] png() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image(), "png", bytes)) {
        throw new IOException("this JDK writes no PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Writes the figure as a PNG file; replaces what was there. */
  default void write(Path file) throws IOException {
    Files.write(file, png());
  }
}
