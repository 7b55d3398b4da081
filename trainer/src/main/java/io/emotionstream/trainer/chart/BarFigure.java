// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.chart;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;

/** Bars over named categories, side by side where there are several; a NaN is no bar. */
public final class BarFigure implements Figure {
  private final CategoryChart chart;
  private final List<String> categories;

  private BarFigure(CategoryChart chart, List<String> categories) {
    this.chart = chart;
    this.categories = List.copyOf(categories);
  }

  /** Returns an empty figure. */
  public static BarFigure of(String title, String xAxis, String yAxis, List<String> categories) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(Look.WIDTH)
            .height(Look.HEIGHT)
            .title(title)
            .xAxisTitle(xAxis)
            .yAxisTitle(yAxis)
            .build();
    Look.apply(chart.getStyler());
    chart.getStyler().setAvailableSpaceFill(0.75);
    chart.getStyler().setPlotGridVerticalLinesVisible(false);
    chart.getStyler().setYAxisMin(0.0);
    return new BarFigure(chart, categories);
  }

  /** Adds one bar a category, in the next colour. */
  public BarFigure bars(String name, double[] values) {
    chart.addSeries(name, categories, numbers(values));
    return this;
  }

  /**
   * Adds one bar a category with a whisker.
   *
   * @param halfWidths how far the whisker reaches up and down
   */
  public BarFigure bars(String name, double[] values, double[] halfWidths) {
    // Where there are whiskers, XChart draws nothing for NaN but fails on null; else vice versa.
    chart.addSeries(name, categories, boxed(values), boxed(halfWidths));
    return this;
  }

  /** Adds one bar a category, each in its own colour; then no other bars go beside them. */
  public BarFigure bars(double[] values, List<Color> colors) {
    chart.getStyler().setOverlapped(true);
    chart.getStyler().setLegendVisible(false);
    List<@Nullable Number> numbers = numbers(values);
    for (int i = 0; i < values.length; i++) {
      List<@Nullable Number> alone =
          new ArrayList<>(Collections.nCopies(values.length, (Number) null));
      alone.set(i, numbers.get(i));
      CategorySeries series = chart.addSeries(categories.get(i), categories, alone);
      series.setFillColor(colors.get(i));
    }
    return this;
  }

  /** Writes each bar's value on it. */
  public BarFigure withValues(String decimalPattern) {
    chart.getStyler().setLabelsVisible(true);
    // Black at the top: a number that is wider than its bar can be read beside it as well.
    chart.getStyler().setLabelsFont(Look.SMALL);
    chart.getStyler().setLabelsPosition(1);
    chart.getStyler().setLabelsFontColorAutomaticEnabled(false);
    chart.getStyler().setLabelsFontColor(Color.BLACK);
    chart.getStyler().setYAxisDecimalPattern(decimalPattern);
    return this;
  }

  /** Fixes the upper end of the y axis. */
  public BarFigure yTo(double to) {
    chart.getStyler().setYAxisMax(to);
    return this;
  }

  @Override
  public BufferedImage image() {
    return Look.draw(
        Look.WIDTH, Look.HEIGHT, graphics -> chart.paint(graphics, Look.WIDTH, Look.HEIGHT));
  }

  private List<Double> boxed(double[] values) {
    check(values);
    return Arrays.stream(values).boxed().toList();
  }

  private List<@Nullable Number> numbers(double[] values) {
    check(values);
    List<@Nullable Number> numbers = new ArrayList<>();
    for (double value : values) {
      numbers.add(Double.isNaN(value) ? null : value);
    }
    return numbers;
  }

  private void check(double[] values) {
    if (values.length != categories.size()) {
      throw new IllegalArgumentException(
          "%d values for %d categories".formatted(values.length, categories.size()));
    }
  }
}
