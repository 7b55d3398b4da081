// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import io.emotionstream.trainer.augment.Seeds;
import io.emotionstream.trainer.chart.XyFigure;
import io.emotionstream.trainer.data.FaceSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The learning-rate range test of Smith, "Cyclical Learning Rates for Training Neural Networks"
 * (2017): the rate rises from step to step by a constant factor, and where the smoothed loss falls
 * fastest is a good peak rate.
 */
final class LearningRateFinder {
  private static final double LOWEST = 1e-5;
  private static final double HIGHEST = 3;
  private static final int STEPS = 200;
  private static final int WINDOW = 20;
  private static final double SMOOTHING = 0.9;

  /** The loss has run away when it is so many times the least one. */
  private static final double RUNAWAY = 2;

  private record Point(double rate, double loss) {}

  private LearningRateFinder() {}

  /** Writes {@code learning-rate.csv} and {@code learning-rate.png}, and returns the rate. */
  static double find(TrainingConfig config, FaceSet faces, GradientPool pool)
      throws IOException, InterruptedException {
    List<Point> points = sweep(config, faces, pool);
    double[] rates = points.stream().mapToDouble(Point::rate).toArray();
    double[] losses = points.stream().mapToDouble(Point::loss).toArray();
    double found = steepest(rates, losses);
    List<String> lines = new ArrayList<>(List.of("rate,smoothedLoss"));
    points.forEach(
        point -> lines.add(String.format(Locale.ROOT, "%.3e,%.5f", point.rate(), point.loss())));
    Path directory = config.directory();
    Files.write(directory.resolve("learning-rate.csv"), lines);
    XyFigure.of(
            String.format(Locale.ROOT, "Loss by learning rate: it falls fastest at %.2g", found),
            "learning rate",
            "smoothed loss")
        .line("loss", rates, losses)
        .logarithmicX()
        .write(directory.resolve("learning-rate.png"));
    return found;
  }

  private static List<Point> sweep(TrainingConfig config, FaceSet faces, GradientPool pool)
      throws InterruptedException {
    Optimizer optimizer =
        new Optimizer(config.optimization(), pool.kinds(), pool.initialParameters());
    List<Point> points = new ArrayList<>();
    int[] order = new int[0];
    int stepsPerEpoch = faces.size() / config.batchSize();
    double average = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int step = 0; step < STEPS; step++) {
      int epoch = step / stepsPerEpoch;
      int inEpoch = step % stepsPerEpoch;
      if (inEpoch == 0) {
        order = config.data().imbalance().order(faces, Seeds.random(config.seed(), epoch));
      }
      double rate = LOWEST * Math.pow(HIGHEST / LOWEST, step / (STEPS - 1.0));
      GradientPool.BatchGradient batch =
          pool.gradient(optimizer.parameters(), faces, order, inEpoch * config.batchSize(), epoch);
      average = SMOOTHING * average + (1 - SMOOTHING) * batch.loss();
      double smoothed = average / (1 - Math.pow(SMOOTHING, step + 1));
      if (!Double.isFinite(smoothed) || smoothed > RUNAWAY * least) {
        break;
      }
      least = Math.min(least, smoothed);
      points.add(new Point(rate, smoothed));
      optimizer.step(batch.mean(), rate);
    }
    return points;
  }

  /**
   * Returns the rate in the middle of the {@value #WINDOW} steps over which the loss falls most; a
   * step is as long as any other in logarithms.
   */
  static double steepest(double[] rates, double[] losses) {
    int half = WINDOW / 2;
    int best = Math.min(half, rates.length - 1);
    double fall = Double.NEGATIVE_INFINITY;
    // The average of the first losses is too rough to tell a fall.
    for (int i = WINDOW + half; i + half < losses.length; i++) {
      if (losses[i - half] - losses[i + half] > fall) {
        fall = losses[i - half] - losses[i + half];
        best = i;
      }
    }
    return rates[best];
  }
}
