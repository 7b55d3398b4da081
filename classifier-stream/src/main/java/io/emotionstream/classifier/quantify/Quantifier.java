// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier.quantify;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Estimates how the true classes are shared out among faces of which only the predictions are
 * counted, from how the classifier confuses the classes.
 *
 * <p>Counting predictions is biased: a classifier that takes a third of the fearful for sad counts
 * too many sad ones, the more so the more fearful there are. Where the classes' shares change but
 * each class looks as it did in calibration, prediction j comes with probability sum over i of
 * share i times P(j | i), the rows of the confusion matrix (adjusted counting: Forman 2008,
 * "Quantifying counts and costs via classification"). The shares that make the counts most likely
 * are found by expectation maximization (Saerens, Latinne and Decaestecker 2002, "Adjusting the
 * outputs of a classifier to new a priori probabilities", here on counts of top-1 answers rather
 * than on each face's probabilities, so that seven counts for each model are all that is kept of a
 * window): every face is shared out among the true classes by Bayes' rule under the present
 * estimate, the sums are the next one. Shares stay between 0 and 1 and sum to 1, and several
 * models, each with counts and a confusion of its own, share one estimate.
 *
 * <p>A few faces say little, and undoing a confusion magnifies chance. So the estimate is pulled
 * towards the counted shares as {@link #strength} faces would.
 *
 * <p>The interval repeats the estimate, without the pull, {@link #DRAWS} times with the counted
 * shares and each row of the confusion drawn from what they might have been (Dirichlet
 * distributions, a bootstrap as in Rubin 1981, "The Bayesian bootstrap"). Seeded: the same window
 * has the same interval.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class Quantifier {
  /**
   * Of 0, 3, 10, 30 and 100 the best in windows of 10, 30, 100, 300 and 1,000 faces: mixes of the
   * classes drawn at random from one half of the validation faces, corrected by the confusion of
   * the other half.
   */
  private static final double DEFAULT_STRENGTH = 3;

  private static final int DRAWS = 100;
  private static final long SEED = 42;
  private static final int MAX_ROUNDS = 500;
  private static final double TOLERANCE = 1e-7;
  private static final double TOLERANCE_OF_DRAWS = 1e-4;

  /** An interval that begins below it begins at none: expectation maximization never gets there. */
  private static final double HALF_A_FACE = 0.5;

  /** What a draw, or a row of a confusion, holds beside what was counted (Jeffreys' prior). */
  private static final double UNSEEN = 0.5;

  private static final Quantifier STANDARD = new Quantifier(DEFAULT_STRENGTH);

  private final double strength;

  /**
   * Makes one with another setting than the one that was chosen.
   *
   * @param strength faces that the counted shares count for as a prior; not negative
   */
  public Quantifier(double strength) {
    if (!(strength >= 0 && Double.isFinite(strength))) {
      throw new IllegalArgumentException(
          "strength of the prior must be a number of faces, was " + strength);
    }
    this.strength = strength;
  }

  /** Returns the one whose setting was chosen on validation faces. */
  public static Quantifier standard() {
    return STANDARD;
  }

  /**
   * What one model counted.
   *
   * @param counts faces by predicted class
   * @param confusion faces of the calibration: rows truth, columns prediction
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Observation(long[] counts, long[][] confusion) {
    public Observation {
      int classes = counts.length;
      if (confusion.length != classes
          || Arrays.stream(confusion).anyMatch(row -> row.length != classes)) {
        throw new IllegalArgumentException(
            "%d counts need a confusion of as many rows and columns".formatted(classes));
      }
    }
  }

  /**
   * Returns the shares of the true classes behind {@code observations}.
   *
   * @param observations of each model, over the same classes; at least one face in all
   * @param independentFaces how many faces the chance in the counts is that of: fewer than were
   *     counted where one person was counted often
   * @throws IllegalArgumentException if no face was counted
   */
  public Quantification estimate(List<Observation> observations, double independentFaces) {
    double total = observations.stream().mapToLong(seen -> Arrays.stream(seen.counts).sum()).sum();
    if (!(total > 0)) {
      throw new IllegalArgumentException("no face was counted, so there are no shares");
    }
    double scale = Math.min(1, independentFaces / total);
    double[][] counts = new double[observations.size()][];
    double[][][] likelihoods = new double[observations.size()][][];
    for (int model = 0; model < counts.length; model++) {
      counts[model] = scaled(observations.get(model).counts, scale);
      likelihoods[model] = likelihood(observations.get(model).confusion);
    }
    double[] shares = maximize(counts, likelihoods, normalized(sum(counts)), strength, TOLERANCE);
    return withInterval(observations, counts, shares);
  }

  private Quantification withInterval(
      List<Observation> observations, double[][] counts, double[] shares) {
    SplittableRandom random = new SplittableRandom(SEED);
    double faces = Arrays.stream(sum(counts)).sum();
    double[][] draws = new double[shares.length][DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      double[][] drawnCounts = drawCounts(counts, faces, random);
      double[][][] drawnLikelihoods = new double[observations.size()][][];
      for (int model = 0; model < drawnLikelihoods.length; model++) {
        drawnLikelihoods[model] = drawRows(observations.get(model).confusion, random);
      }
      double[] drawn = maximize(drawnCounts, drawnLikelihoods, shares, 0, TOLERANCE_OF_DRAWS);
      for (int label = 0; label < drawn.length; label++) {
        draws[label][draw] = drawn[label];
      }
    }
    double[] lows = new double[shares.length];
    double[] highs = new double[shares.length];
    int tail = DRAWS * (100 - Quantification.PERCENT) / 200;
    for (int label = 0; label < shares.length; label++) {
      Arrays.sort(draws[label]);
      double low = draws[label][tail] * faces < HALF_A_FACE ? 0 : draws[label][tail];
      lows[label] = Math.min(shares[label], low);
      highs[label] = Math.max(shares[label], draws[label][DRAWS - 1 - tail]);
    }
    return new Quantification(shares, lows, highs);
  }

  /**
   * Expectation maximization from {@code start}, with the counted shares as {@code strength} more
   * faces.
   */
  private static double[] maximize(
      double[][] counts,
      double[][][] likelihoods,
      double[] start,
      double strength,
      double tolerance) {
    double[] all = sum(counts);
    double faces = Arrays.stream(all).sum();
    int classes = all.length;
    double[] prior = new double[classes];
    double[] shares = new double[classes];
    for (int i = 0; i < classes; i++) {
      prior[i] = strength * all[i] / faces;
      // A share of nothing could never grow.
      shares[i] = 0.99 * start[i] + 0.01 / classes;
    }
    double change = Double.MAX_VALUE;
    for (int round = 0; round < MAX_ROUNDS && change > tolerance; round++) {
      double[] next = prior.clone();
      for (int model = 0; model < counts.length; model++) {
        shareOut(counts[model], likelihoods[model], shares, next);
      }
      change = 0;
      for (int i = 0; i < classes; i++) {
        next[i] /= faces + strength;
        change = Math.max(change, Math.abs(next[i] - shares[i]));
      }
      shares = next;
    }
    return shares;
  }

  /** Adds to {@code sums} the faces of each prediction, shared out among the true classes. */
  private static void shareOut(
      double[] counts, double[][] likelihood, double[] shares, double[] sums) {
    for (int prediction = 0; prediction < counts.length; prediction++) {
      double evidence = 0;
      for (int truth = 0; truth < shares.length; truth++) {
        evidence += shares[truth] * likelihood[truth][prediction];
      }
      if (counts[prediction] > 0 && evidence > 0) {
        double perShare = counts[prediction] / evidence;
        for (int truth = 0; truth < shares.length; truth++) {
          sums[truth] += perShare * shares[truth] * likelihood[truth][prediction];
        }
      }
    }
  }

  /** Returns P(prediction | truth): the rows of the confusion, each a little blurred. */
  private static double[][] likelihood(long[][] confusion) {
    return Arrays.stream(confusion)
        .map(row -> normalized(Arrays.stream(row).mapToDouble(count -> count + UNSEEN).toArray()))
        .toArray(double[][]::new);
  }

  private static double[][] drawRows(long[][] confusion, SplittableRandom random) {
    double[][] rows = new double[confusion.length][];
    for (int truth = 0; truth < rows.length; truth++) {
      rows[truth] =
          normalized(
              Arrays.stream(confusion[truth])
                  .mapToDouble(count -> Gamma.draw(count + UNSEEN, random))
                  .toArray());
    }
    return rows;
  }

  /** Draws how the same number of faces might have been counted. */
  private static double[][] drawCounts(double[][] counts, double faces, SplittableRandom random) {
    double[][] drawn = new double[counts.length][];
    double sum = 0;
    for (int model = 0; model < counts.length; model++) {
      drawn[model] = new double[counts[model].length];
      for (int label = 0; label < drawn[model].length; label++) {
        drawn[model][label] =
            counts[model][label] > 0 || counts.length == 1
                ? Gamma.draw(counts[model][label] + UNSEEN / counts[model].length, random)
                : 0;
        sum += drawn[model][label];
      }
    }
    for (double[] row : drawn) {
      for (int label = 0; label < row.length; label++) {
        row[label] *= faces / sum;
      }
    }
    return drawn;
  }

  private static double[] scaled(long[] counts, double scale) {
    return Arrays.stream(counts).mapToDouble(count -> count * scale).toArray();
  }

  private static double[] sum(double[][] rows) {
    double[] sum = new double[rows[0].length];
    for (double[] row : rows) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += row[i];
      }
    }
    return sum;
  }

  private static double[] normalized(double[] values) {
    double sum = Arrays.stream(values).sum();
    return Arrays.stream(values).map(value -> value / sum).toArray();
  }
}
