// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.chart;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A table of numbers as coloured cells with text in them: white for the least, dark blue for the
 * most.
 */
public final class MatrixFigure implements Figure {
  private static final int CELL_WIDTH = 88;
  private static final int CELL_HEIGHT = 64;
  private static final int LEFT = 140;
  private static final int TOP = 60;
  private static final int RIGHT = 24;
  private static final int BOTTOM = 90;
  private static final int GAP = 10;
  private static final Color DARKEST = new Color(0x08, 0x30, 0x6B);

  private final String title;
  private final String rowAxis;
  private final String columnAxis;
  private final List<String> rows;
  private final List<String> columns;
  private final double[][] shades;
  private final String[][] texts;

  private MatrixFigure(
      String title,
      String rowAxis,
      String columnAxis,
      List<String> rows,
      List<String> columns,
      double[][] shades,
      String[][] texts) {
    this.title = title;
    this.rowAxis = rowAxis;
    this.columnAxis = columnAxis;
    this.rows = List.copyOf(rows);
    this.columns = List.copyOf(columns);
    this.shades = shades;
    this.texts = texts;
  }

  /**
   * Returns a confusion matrix: each cell with its count and its share of the row, shaded by the
   * share; rows are truth, columns are prediction.
   */
  public static MatrixFigure confusion(String title, List<String> classes, long[][] counts) {
    double[][] shades = new double[counts.length][];
    String[][] texts = new String[counts.length][];
    for (int row = 0; row < counts.length; row++) {
      long sum = Arrays.stream(counts[row]).sum();
      shades[row] = Arrays.stream(counts[row]).mapToDouble(n -> (double) n / sum).toArray();
      texts[row] =
          Arrays.stream(counts[row])
              .mapToObj(n -> n + (sum == 0 ? "" : percent((double) n / sum)))
              .toArray(String[]::new);
    }
    return new MatrixFigure(title, "truth", "prediction", classes, classes, shades, texts);
  }

  /**
   * Returns a table of values, shaded from the least to the greatest; a NaN is an empty cell.
   *
   * @param format of a cell's text, such as {@code %.2f}
   */
  public static MatrixFigure heatMap(
      String title,
      String rowAxis,
      String columnAxis,
      List<String> rows,
      List<String> columns,
      double[][] values,
      String format) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (double[] row : values) {
      for (double value : row) {
        least = value < least ? value : least;
        greatest = value > greatest ? value : greatest;
      }
    }
    double from = least;
    double range = greatest > least ? greatest - least : 1;
    double[][] shades = new double[values.length][];
    String[][] texts = new String[values.length][];
    for (int row = 0; row < values.length; row++) {
      shades[row] = Arrays.stream(values[row]).map(value -> (value - from) / range).toArray();
      texts[row] =
          Arrays.stream(values[row])
              .mapToObj(v -> Double.isNaN(v) ? "" : String.format(Locale.ROOT, format, v))
              .toArray(String[]::new);
    }
    return new MatrixFigure(title, rowAxis, columnAxis, rows, columns, shades, texts);
  }

  @Override
  public BufferedImage image() {
    int width = LEFT + columns.size() * CELL_WIDTH + RIGHT;
    int height = TOP + rows.size() * CELL_HEIGHT + BOTTOM;
    return Look.draw(width, height, graphics -> draw(graphics, width));
  }

  private void draw(Graphics2D graphics, int width) {
    graphics.setColor(Color.BLACK);
    graphics.setFont(Look.TITLE);
    centered(graphics, title, width / 2, TOP / 2);
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < columns.size(); column++) {
        drawCell(graphics, row, column);
      }
    }
    graphics.setColor(Color.BLACK);
    graphics.setFont(Look.TICK);
    FontMetrics metrics = graphics.getFontMetrics();
    for (int row = 0; row < rows.size(); row++) {
      String name = rows.get(row);
      int middle = TOP + row * CELL_HEIGHT + CELL_HEIGHT / 2;
      graphics.drawString(
          name, LEFT - GAP - metrics.stringWidth(name), middle + metrics.getAscent() / 2 - 1);
    }
    int below = TOP + rows.size() * CELL_HEIGHT;
    for (int column = 0; column < columns.size(); column++) {
      centered(
          graphics,
          columns.get(column),
          LEFT + column * CELL_WIDTH + CELL_WIDTH / 2,
          below + 2 * GAP);
    }
    graphics.setFont(Look.AXIS);
    centered(graphics, columnAxis, LEFT + columns.size() * CELL_WIDTH / 2, below + 6 * GAP);
    AffineTransform upright = graphics.getTransform();
    graphics.rotate(-Math.PI / 2, 2 * GAP, TOP + rows.size() * CELL_HEIGHT / 2.0);
    centered(graphics, rowAxis, 2 * GAP, TOP + rows.size() * CELL_HEIGHT / 2);
    graphics.setTransform(upright);
  }

  private void drawCell(Graphics2D graphics, int row, int column) {
    int x = LEFT + column * CELL_WIDTH;
    int y = TOP + row * CELL_HEIGHT;
    double shade = Double.isNaN(shades[row][column]) ? 0 : shades[row][column];
    graphics.setColor(shaded(shade));
    graphics.fillRect(x, y, CELL_WIDTH, CELL_HEIGHT);
    graphics.setColor(Color.LIGHT_GRAY);
    graphics.drawRect(x, y, CELL_WIDTH, CELL_HEIGHT);
    graphics.setColor(shade > 0.45 ? Color.WHITE : Color.BLACK);
    graphics.setFont(Look.TICK);
    String[] lines = texts[row][column].split("\n", -1);
    int lineHeight = graphics.getFontMetrics().getHeight();
    for (int i = 0; i < lines.length; i++) {
      int middle = y + CELL_HEIGHT / 2 + (2 * i + 1 - lines.length) * lineHeight / 2;
      centered(graphics, lines[i], x + CELL_WIDTH / 2, middle);
    }
  }

  private static Color shaded(double shade) {
    return new Color(
        mix(DARKEST.getRed(), shade),
        mix(DARKEST.getGreen(), shade),
        mix(DARKEST.getBlue(), shade));
  }

  private static int mix(int dark, double shade) {
    return (int) Math.round(255 + (dark - 255) * shade);
  }

  private static void centered(Graphics2D graphics, String text, int x, int y) {
    FontMetrics metrics = graphics.getFontMetrics();
    graphics.drawString(
        text,
        x - metrics.stringWidth(text) / 2,
        y + (metrics.getAscent() - metrics.getDescent()) / 2);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "\n%.1f %%", 100 * share);
  }
}
