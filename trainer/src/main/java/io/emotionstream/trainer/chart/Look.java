// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.function.Consumer;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/** What all figures share: type, sizes, colours. */
final class Look {
  /** Size in points; a picture has {@value #FINE} pixels a point. */
  static final int WIDTH = 840;

  static final int HEIGHT = 560;
  static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 18);
  static final Font AXIS = new Font(Font.SANS_SERIF, Font.PLAIN, 16);
  static final Font TICK = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
  static final Font SMALL = TICK.deriveFont(0.65f * TICK.getSize2D());

  private static final int FINE = 2;
  private static final Color GRID = new Color(0xDD, 0xDD, 0xDD);

  /** Okabe and Ito, "Color Universal Design" (2008), strongest on white first. */
  private static final Color[] SERIES = {
    new Color(0x00, 0x72, 0xB2),
    new Color(0xD5, 0x5E, 0x00),
    new Color(0x00, 0x9E, 0x73),
    new Color(0xCC, 0x79, 0xA7),
    new Color(0xE6, 0x9F, 0x00),
    new Color(0x56, 0xB4, 0xE9),
    new Color(0x7F, 0x7F, 0x7F),
  };

  private static final BasicStroke DASHES =
      new BasicStroke(
          1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {6, 5}, 0);

  private Look() {}

  static void apply(AxesChartStyler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setChartTitleBoxVisible(false);
    styler.setChartTitleFont(TITLE);
    styler.setChartPadding(14);
    styler.setAxisTitleFont(AXIS);
    styler.setAxisTickLabelsFont(TICK);
    styler.setLegendFont(TICK);
    styler.setLegendPosition(LegendPosition.OutsideE);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setSeriesColors(SERIES);
    styler.setErrorBarsColor(Color.DARK_GRAY);
    styler.setLocale(Locale.ROOT);
    styler.setMarkerSize(8);
    styler.setDecimalPattern("#,##0.######");
    styler.setXAxisTickMarkSpacingHint(90);
    styler.setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
  }

  static BasicStroke solid() {
    return new BasicStroke(2.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  static BasicStroke dashes() {
    return DASHES;
  }

  /** Returns how wide {@code text} is, in points. */
  static int width(String text, Font font) {
    return (int)
        Math.ceil(font.getStringBounds(text, new FontRenderContext(null, true, false)).getWidth());
  }

  /** Returns a white picture of {@code width} x {@code height} points with a drawing on it. */
  static BufferedImage draw(int width, int height, Consumer<Graphics2D> drawing) {
    BufferedImage image =
        new BufferedImage(width * FINE, height * FINE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
      graphics.scale(FINE, FINE);
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      drawing.accept(graphics);
    } finally {
      graphics.dispose();
    }
    return image;
  }
}
