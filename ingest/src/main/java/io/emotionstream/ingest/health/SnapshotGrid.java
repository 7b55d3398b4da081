// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.health;

import io.emotionstream.ingest.video.FoundFace;
import io.emotionstream.ingest.video.VideoFrame;
import io.emotionstream.schemas.BoundingBox;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A picture as a mosaic of {@value #COLUMNS} columns, with found faces grayed out: enough to see
 * where a camera looks, too coarse to tell who is there, also where a face was not found. The
 * pixels themselves are not kept. Immutable.
 */
public final class SnapshotGrid {
  /** Columns of the mosaic; a face that is a tenth of the picture wide has six of them. */
  static final int COLUMNS = 64;

  private static final int CELL = 8;
  private static final int GRAY = 128;

  private final int rows;
  private final byte[] cells;

  private SnapshotGrid(int rows, byte[] cells) {
    this.rows = rows;
    this.cells = cells;
  }

  /** Reduces a picture. */
  public static SnapshotGrid of(VideoFrame frame, List<FoundFace> faces) {
    int columns = COLUMNS;
    int rows = Math.max(1, Math.round((float) columns * frame.height() / frame.width()));
    byte[] cells = new byte[columns * rows];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        cells[row * columns + column] = (byte) mean(frame, column, row, rows);
      }
    }
    for (FoundFace face : faces) {
      hide(face.box(), frame, rows, cells);
    }
    return new SnapshotGrid(rows, cells);
  }

  private static int mean(VideoFrame frame, int column, int row, int rows) {
    int left = column * frame.width() / COLUMNS;
    int right = Math.max(left + 1, (column + 1) * frame.width() / COLUMNS);
    int top = row * frame.height() / rows;
    int bottom = Math.max(top + 1, (row + 1) * frame.height() / rows);
    long sum = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        sum += frame.gray().get(y * frame.width() + x) & 0xFF;
      }
    }
    return (int) (sum / ((long) (right - left) * (bottom - top)));
  }

  private static void hide(BoundingBox box, VideoFrame frame, int rows, byte[] cells) {
    int left = Math.max(0, box.getX() * COLUMNS / frame.width());
    int right = Math.min(COLUMNS - 1, (box.getX() + box.getWidth()) * COLUMNS / frame.width());
    int top = Math.max(0, box.getY() * rows / frame.height());
    int bottom = Math.min(rows - 1, (box.getY() + box.getHeight()) * rows / frame.height());
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        cells[row * COLUMNS + column] = (byte) GRAY;
      }
    }
  }

  /** Returns it as a PNG file. */
  public byte[] toPng() throws IOException {
    BufferedImage image =
        new BufferedImage(COLUMNS * CELL, rows * CELL, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.getRaster().setSample(x, y, 0, cells[y / CELL * COLUMNS + x / CELL] & 0xFF);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }
}
