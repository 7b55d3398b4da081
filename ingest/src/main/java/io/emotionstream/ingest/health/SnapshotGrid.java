// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.health;

import io.emotionstream.ingest.video.VideoFrame;
import io.emotionstream.schemas.BoundingBox;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A picture as a mosaic of {@value #COLUMNS} columns, in which every place where there may be a
 * face is gray: enough to see where a camera looks. A face that nobody found stays a mosaic, coarse
 * unless it fills the picture. The pixels themselves are not kept. Immutable.
 */
public final class SnapshotGrid {
  /** Columns of the mosaic; a face that is a tenth of the picture wide has six of them. */
  static final int COLUMNS = 64;

  /** A picture of one column would otherwise need memory without end. */
  private static final int MAX_ROWS = 4 * COLUMNS;

  /** Part of a box by which the hidden place is larger at each side: hair, chin, a quick head. */
  private static final double MARGIN = 0.25;

  private static final int CELL = 8;
  private static final int GRAY = 128;

  private final int rows;
  private final byte[] cells;

  private SnapshotGrid(int rows, byte[] cells) {
    this.rows = rows;
    this.cells = cells;
  }

  /**
   * Reduces a picture.
   *
   * @param places where there may be a face
   */
  public static SnapshotGrid of(VideoFrame frame, List<BoundingBox> places) {
    int columns = COLUMNS;
    int square = Math.round((float) columns * frame.height() / frame.width());
    int rows = Math.max(1, Math.min(MAX_ROWS, square));
    byte[] cells = new byte[columns * rows];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        cells[row * columns + column] = (byte) mean(frame, column, row, rows);
      }
    }
    for (BoundingBox place : places) {
      hide(place, frame, rows, cells);
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
    double wider = MARGIN * box.getWidth();
    double higher = MARGIN * box.getHeight();
    int left = cell(box.getX() - wider, frame.width(), COLUMNS);
    int right = cell(box.getX() + box.getWidth() + wider, frame.width(), COLUMNS);
    int top = cell(box.getY() - higher, frame.height(), rows);
    int bottom = cell(box.getY() + box.getHeight() + higher, frame.height(), rows);
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        cells[row * COLUMNS + column] = (byte) GRAY;
      }
    }
  }

  /** Returns the cell in which a pixel lies, the nearest one where it lies outside. */
  private static int cell(double pixel, int pixels, int cells) {
    return Math.max(0, Math.min(cells - 1, (int) Math.floor(pixel * cells / pixels)));
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
