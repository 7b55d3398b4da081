// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.it.cameras;

import io.emotionstream.datasets.synthetic.FaceStatistics;
import io.emotionstream.datasets.synthetic.SyntheticFaces;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** A clip of a face that no one has, which moves to and fro: JPEG pictures one after another. */
final class DrawnClip {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;
  private static final int FACE = 144;
  private static final int TOP = 140;

  /** FFmpeg plays such files at 25 pictures a second. */
  private static final int PICTURES = 250;

  private DrawnClip() {}

  /**
   * Writes the clip, about 10 s and 5 MB.
   *
   * @param file its name ends with .mjpeg
   */
  static void write(Path file, long seed) throws IOException {
    BufferedImage face = face(seed);
    Random noise = new Random(seed);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < PICTURES; i++) {
        double phase = 2 * Math.PI * i / PICTURES; // the last picture is before the first
        int left = (int) Math.round((WIDTH - FACE) / 2.0 + 150 * Math.sin(phase));
        ImageIO.write(picture(face, left, noise), "jpg", out);
      }
    }
  }

  private static BufferedImage picture(BufferedImage face, int left, Random noise) {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = picture.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.setColor(new Color(90, 90, 90));
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    graphics.setColor(new Color(60, 60, 60));
    graphics.fillOval(left - FACE / 2, TOP + FACE - 10, 2 * FACE, HEIGHT); // shoulders
    graphics.drawImage(face, left, TOP, FACE, FACE, null);
    graphics.dispose();
    for (int i = 0; i < 2000; i++) { // a sensor's noise
      picture.getRaster().setSample(noise.nextInt(WIDTH), noise.nextInt(HEIGHT), 0, 100);
    }
    return picture;
  }

  private static BufferedImage face(long seed) throws IOException {
    int side = FaceStatistics.SIDE;
    byte[] pixels = SyntheticFaces.shipped().draw(3, new SplittableRandom(seed));
    BufferedImage face = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
    face.getRaster().setDataElements(0, 0, side, side, pixels);
    return face;
  }
}
