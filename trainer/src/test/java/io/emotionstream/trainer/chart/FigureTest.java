// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code -Dfigures=DIR} the figures are left there to be looked at. */
class FigureTest {
  private static final List<String> CLASSES =
      List.of("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral");
  private static final Color BLUE = new Color(0x00, 0x72, 0xB2);
  private static final Color VERMILION = new Color(0xD5, 0x5E, 0x00);

  @TempDir private Path directory;

  @Test
  void drawsLinesInTheirColours() throws IOException {
    double[] epochs = IntStream.rangeClosed(1, 60).asDoubleStream().toArray();
    double[] training = IntStream.range(0, 60).mapToDouble(i -> 1 - Math.exp(-i / 12.0)).toArray();
    double[] validation =
        IntStream.range(0, 60).mapToDouble(i -> 0.7 * (1 - Math.exp(-i / 9.0))).toArray();
    validation[20] = Double.NaN;

    BufferedImage image =
        drawn(
            "line",
            XyFigure.of("Accuracy of each epoch", "epoch", "accuracy")
                .line("training", epochs, training)
                .line("validation", epochs, validation, VERMILION)
                .mark("best epoch, 57", 57, 0, 1)
                .yRange(0, 1));

    assertThat(image.getWidth()).isEqualTo(1680);
    assertThat(count(image, BLUE)).isGreaterThan(1000);
    assertThat(count(image, VERMILION)).isGreaterThan(1000);
  }

  @Test
  void drawsPoints() throws IOException {
    Random random = new Random(1);
    double[] xs = random.doubles(200, -1, 1).toArray();
    double[] ys = random.doubles(200, -1, 1).toArray();

    BufferedImage image =
        drawn("points", XyFigure.of("Plane", "first", "second").points("sad", xs, ys, BLUE));

    assertThat(dark(image)).isGreaterThan(1000);
  }

  @Test
  void drawsHistogramsOverEachOther() throws IOException {
    Random random = new Random(1);
    double[] some =
        IntStream.range(0, 900).mapToDouble(i -> 90 + 20 * random.nextGaussian()).toArray();
    double[] more =
        IntStream.range(0, 90).mapToDouble(i -> 150 + 30 * random.nextGaussian()).toArray();

    BufferedImage image =
        drawn(
            "histogram",
            XyFigure.of("Brightness", "mean pixel, 0 to 255", "share of faces")
                .histogram("happy", some, 32, 0, 255, true, VERMILION)
                .histogram("sad", more, 32, 0, 255, true, BLUE));

    assertThat(count(image, BLUE)).isGreaterThan(500);
    assertThat(count(image, VERMILION)).isGreaterThan(500);
  }

  @Test
  void drawsBarsSideBySideAndLeavesOutTheUndefined() throws IOException {
    double[] recall = {0.6, 0.4, Double.NaN, 0.9, 0.5, 0.8, 0.7};
    double[] halfWidths = {0.05, 0.2, Double.NaN, 0.02, 0.05, 0.03, 0.04};

    BufferedImage image =
        drawn(
            "bars",
            BarFigure.of("Each class", "class", "ratio", CLASSES)
                .bars("precision", new double[] {0.5, 0.6, 0.4, 0.9, 0.5, 0.8, 0.6})
                .bars("recall", recall, halfWidths)
                .yTo(1));

    assertThat(count(image, BLUE)).isGreaterThan(10_000);
    assertThat(count(image, VERMILION)).isGreaterThan(10_000);
  }

  @Test
  void drawsOneColourForEachCategory() throws IOException {
    List<Color> colors =
        List.of(VERMILION, Color.GREEN, Color.PINK, Color.ORANGE, BLUE, Color.CYAN, Color.GRAY);

    BufferedImage image =
        drawn(
            "categories",
            BarFigure.of("Faces of each class", "class", "faces", CLASSES)
                .bars(new double[] {3995, 436, 4097, 7215, 4830, 3171, 4965}, colors)
                .withValues("#,##0"));

    for (Color color : colors) {
      assertThat(count(image, color)).as("%s", color).isGreaterThan(1000);
    }
  }

  @Test
  void drawsAConfusionMatrixWithAnEmptyRow() throws IOException {
    long[][] counts = new long[7][7];
    for (int i = 0; i < 6; i++) {
      counts[i][i] = 100 * (i + 1);
      counts[i][6] = 40;
    }

    BufferedImage image =
        drawn("confusion", MatrixFigure.confusion("Confusion matrix", CLASSES, counts));

    assertThat(dark(image)).isGreaterThan(10_000);
    assertThat(image.getWidth()).isEqualTo(2 * (140 + 7 * 88 + 24));
  }

  @Test
  void shadesAHeatMapFromTheLeastToTheGreatest() throws IOException {
    double[][] values = {{1, 2}, {3, Double.NaN}};

    BufferedImage image =
        drawn(
            "heatmap",
            MatrixFigure.heatMap(
                "Heat", "row", "column", List.of("a", "b"), List.of("c", "d"), values, "%.1f"));

    Color least = new Color(image.getRGB(2 * 150, 2 * 70));
    Color greatest = new Color(image.getRGB(2 * 150, 2 * (70 + 64)));
    assertThat(least).isEqualTo(Color.WHITE);
    assertThat(greatest).isEqualTo(new Color(0x08, 0x30, 0x6B));
  }

  @Test
  void countsTheUpperEndInTheLastBin() {
    double[] values = {0, 0.5, 0.99, 1, 2, 2.01, -0.01, Double.NaN};

    assertThat(Bins.count(values, 2, 0, 2)).containsExactly(3, 2);
  }

  @Test
  void refusesALineWithoutPoints() {
    XyFigure figure = XyFigure.of("", "x", "y");

    assertThatThrownBy(() -> figure.line("empty", new double[0], new double[0]))
        .hasMessage("line empty has no point");
    assertThatThrownBy(() -> figure.line("odd", new double[1], new double[2]))
        .hasMessage("line odd has 1 x values, but 2 y values");
  }

  private BufferedImage drawn(String name, Figure figure) throws IOException {
    Path file = Path.of(System.getProperty("figures", directory.toString()), name + ".png");
    figure.write(file);
    return ImageIO.read(file.toFile());
  }

  private static long count(BufferedImage image, Color color) {
    return pixels(image).filter(rgb -> rgb == color.getRGB()).count();
  }

  private static long dark(BufferedImage image) {
    return pixels(image).filter(rgb -> (rgb & 0xFF) + (rgb >> 8 & 0xFF) < 450).count();
  }

  private static IntStream pixels(BufferedImage image) {
    return IntStream.of(
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()));
  }
}
