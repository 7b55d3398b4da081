// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Lines, points and histograms over two number axes.
 *
 * <p>Parts of one figure need different names, for the legend shows them; a NaN is a gap.
 */
public final class XyFigure implements Figure {
  private static final int FEW = 40;
  private static final String UNSEEN = "unseen";

  private final XYChart chart;

  private XyFigure(XYChart chart) {
    this.chart = chart;
  }

  /** Returns an empty figure. */
  public static XyFigure of(String title, String xAxis, String yAxis) {
    XYChart chart =
        new XYChartBuilder()
            .width(Look.WIDTH)
            .height(Look.HEIGHT)
            .title(title)
            .xAxisTitle(xAxis)
            .yAxisTitle(yAxis)
            .build();
    Look.apply(chart.getStyler());
    return new XyFigure(chart);
  }

  /** Adds a line in the next colour; few points are marked on it. */
  public XyFigure line(String name, double[] xs, double[] ys) {
    addLine(name, xs, ys);
    return this;
  }

  /** Adds a line; few points are marked on it. */
  public XyFigure line(String name, double[] xs, double[] ys, Color color) {
    colour(addLine(name, xs, ys), color);
    return this;
  }

  /** Adds a dashed gray line, such as what would be ideal. */
  public XyFigure reference(String name, double[] xs, double[] ys) {
    XYSeries series = addLine(name, xs, ys);
    series.setLineStyle(Look.dashes());
    series.setMarker(SeriesMarkers.NONE);
    colour(series, Color.GRAY);
    return this;
  }

  /**
   * Adds a dashed vertical line at {@code x}, such as at the best epoch.
   *
   * @param from lower end on the y axis
   * @param to upper end on the y axis
   */
  public XyFigure mark(String name, double x, double from, double to) {
    return reference(name, new double[] {x, x}, new double[] {from, to});
  }

  /** Adds unconnected points. */
  public XyFigure points(String name, double[] xs, double[] ys, Color color) {
    XYSeries series = chart.addSeries(name, xs, ys);
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    series.setMarker(SeriesMarkers.CIRCLE);
    colour(series, new Color(color.getRed(), color.getGreen(), color.getBlue(), 150));
    return this;
  }

  /**
   * Adds a histogram, drawn as steps so that several can lie over each other.
   *
   * @param values to be counted; those outside {@code [from, to]} are left out
   * @param bins number of bins of equal width
   * @param share whether to show the share of the values instead of their number
   */
  public XyFigure histogram(
      String name, double[] values, int bins, double from, double to, boolean share, Color color) {
    double[] counts = Bins.count(values, bins, from, to);
    double unit = share && values.length > 0 ? values.length : 1;
    double width = (to - from) / bins;
    double[] xs = new double[2 * bins + 2];
    double[] ys = new double[2 * bins + 2];
    for (int i = 0; i < bins; i++) {
      xs[2 * i + 1] = from + i * width;
      xs[2 * i + 2] = from + (i + 1) * width;
      ys[2 * i + 1] = ys[2 * i + 2] = counts[i] / unit;
    }
    xs[0] = from;
    xs[2 * bins + 1] = to;
    XYSeries series = chart.addSeries(name, xs, ys);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineStyle(new BasicStroke(2));
    colour(series, color);
    return xRange(from, to);
  }

  /** Fixes the ends of the x axis. */
  public XyFigure xRange(double from, double to) {
    chart.getStyler().setXAxisMin(from).setXAxisMax(to);
    return this;
  }

  /** Fixes the ends of the y axis. */
  public XyFigure yRange(double from, double to) {
    chart.getStyler().setYAxisMin(from).setYAxisMax(to);
    return this;
  }

  /** Shows the x axis in powers of ten, as for learning rates. */
  public XyFigure logarithmicX() {
    chart.getStyler().setXAxisLogarithmic(true);
    return this;
  }

  /** Hides the legend of a figure with one part. */
  public XyFigure withoutLegend() {
    chart.getStyler().setLegendVisible(false);
    return this;
  }

  @Override
  public BufferedImage image() {
    if (!chart.getSeriesMap().containsKey(UNSEEN)) {
      addUnseenPoint();
    }
    return Look.draw(
        Look.WIDTH, Look.HEIGHT, graphics -> chart.paint(graphics, Look.WIDTH, Look.HEIGHT));
  }

  /**
   * Keeps XChart from putting its ticks on the x values themselves, crowded or at odd numbers, as
   * it does where all are equally far apart.
   */
  private void addUnseenPoint() {
    chart.getSeriesMap().values().stream()
        .filter(series -> series.getXMax() > series.getXMin())
        .findFirst()
        .ifPresent(
            series -> {
              double x = series.getXMin() + (series.getXMax() - series.getXMin()) / Math.PI;
              XYSeries unseen =
                  chart.addSeries(UNSEEN, new double[] {x}, new double[] {series.getYMin()});
              unseen.setMarker(SeriesMarkers.NONE);
              unseen.setShowInLegend(false);
            });
  }

  private XYSeries addLine(String name, double[] xs, double[] ys) {
    if (xs.length != ys.length) {
      throw new IllegalArgumentException(
          "line %s has %d x values, but %d y values".formatted(name, xs.length, ys.length));
    }
    if (Arrays.stream(ys).allMatch(Double::isNaN)) {
      throw new IllegalArgumentException("line " + name + " has no point");
    }
    XYSeries series = chart.addSeries(name, xs, ys);
    series.setLineStyle(Look.solid());
    series.setMarker(xs.length <= FEW ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    return series;
  }

  private static void colour(XYSeries series, Color color) {
    series.setLineColor(color);
    series.setMarkerColor(color);
  }
}
