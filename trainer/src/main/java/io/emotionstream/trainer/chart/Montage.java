// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.chart;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of small square grayscale pictures, each row with a name, each picture with a caption if it
 * needs one.
 */
public final class Montage implements Figure {
  private static final int TOP = 48;
  private static final int GAP = 10;
  private static final int LINE = 17;

  /**
   * A picture.
   *
   * @param pixels a square, row by row from the top, unsigned, 0 black; not copied
   * @param caption written below it; lines are parted by {@code \n}, none if empty
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared: it only carries pixels
  public record Cell(byte[] pixels, String caption) {}

  private record Row(String name, List<Cell> cells) {}

  private final String title;
  private final int side;
  private final List<Row> rows = new ArrayList<>();

  private Montage(String title, int side) {
    this.title = title;
    this.side = side;
  }

  /**
   * Returns an empty figure.
   *
   * @param side of a picture in the figure, in points
   */
  public static Montage of(String title, int side) {
    return new Montage(title, side);
  }

  /** Adds a row; it may be shorter than the others. */
  public Montage row(String name, List<Cell> cells) {
    rows.add(new Row(name, List.copyOf(cells)));
    return this;
  }

  /** Adds the cells in as many rows without names as it takes. */
  public Montage rows(List<Cell> cells, int columns) {
    for (int from = 0; from < cells.size(); from += columns) {
      row("", cells.subList(from, Math.min(cells.size(), from + columns)));
    }
    return this;
  }

  @Override
  public BufferedImage image() {
    int columns = Math.max(1, rows.stream().mapToInt(row -> row.cells.size()).max().orElse(1));
    int left = rows.stream().allMatch(row -> row.name.isEmpty()) ? GAP : left();
    int width = Math.max(left + columns * (side + GAP) + GAP, titleWidth() + 2 * GAP);
    int height = TOP + rows.stream().mapToInt(this::height).sum();
    return Look.draw(width, height, graphics -> draw(graphics, width, left));
  }

  private void draw(Graphics2D graphics, int width, int left) {
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.setColor(Color.BLACK);
    graphics.setFont(Look.TITLE);
    FontMetrics big = graphics.getFontMetrics();
    graphics.drawString(
        title, (width - big.stringWidth(title)) / 2, TOP / 2 + big.getAscent() / 2 - 2);
    graphics.setFont(Look.TICK);
    FontMetrics metrics = graphics.getFontMetrics();
    int y = TOP;
    for (Row row : rows) {
      graphics.drawString(
          row.name,
          left - GAP - metrics.stringWidth(row.name),
          y + side / 2 + metrics.getAscent() / 2 - 2);
      for (int column = 0; column < row.cells.size(); column++) {
        int x = left + column * (side + GAP);
        Cell cell = row.cells.get(column);
        graphics.drawImage(picture(cell.pixels), x, y, side, side, null);
        String[] lines = cell.caption.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
          graphics.drawString(
              lines[i],
              x + (side - metrics.stringWidth(lines[i])) / 2,
              y + side + (i + 1) * LINE - 2);
        }
      }
      y += height(row);
    }
  }

  private int height(Row row) {
    long lines =
        row.cells.stream()
            .mapToLong(cell -> cell.caption.isEmpty() ? 0 : cell.caption.lines().count())
            .max()
            .orElse(0);
    return side + (int) lines * LINE + GAP;
  }

  private int left() {
    int longest = rows.stream().mapToInt(row -> Look.width(row.name, Look.TICK)).max().orElse(0);
    return longest + 2 * GAP;
  }

  private int titleWidth() {
    return Look.width(title, Look.TITLE);
  }

  private static BufferedImage picture(byte[] pixels) {
    int side = (int) Math.round(Math.sqrt(pixels.length));
    if (side * side != pixels.length) {
      throw new IllegalArgumentException(pixels.length + " pixels are no square");
    }
    BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < pixels.length; i++) {
      picture.setRGB(i % side, i / side, (pixels[i] & 0xFF) * 0x010101);
    }
    return picture;
  }
}
