// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

/**
 * Whether one of two classifiers is right more often on the same faces: McNemar 1947, in its exact
 * form, which holds for few disagreements too.
 *
 * @param onlyFirst faces on which the first alone is right
 * @param onlySecond faces on which the second alone is right
 */
public record McNemar(long onlyFirst, long onlySecond) {

  /**
   * Compares answers to the same faces in the same order.
   *
   * @throws IllegalArgumentException if the labels differ
   */
  public static McNemar of(Answers first, Answers second) {
    if (first.size() != second.size()) {
      throw new IllegalArgumentException(
          "answers to %d and to %d faces cannot be compared"
              .formatted(first.size(), second.size()));
    }
    long onlyFirst = 0;
    long onlySecond = 0;
    for (int i = 0; i < first.size(); i++) {
      if (first.label(i) != second.label(i)) {
        throw new IllegalArgumentException("face " + i + " has two labels: other faces?");
      }
      onlyFirst += first.isRight(i) && !second.isRight(i) ? 1 : 0;
      onlySecond += second.isRight(i) && !first.isRight(i) ? 1 : 0;
    }
    return new McNemar(onlyFirst, onlySecond);
  }

  /**
   * Returns the chance of so unequal counts, or more unequal ones, if both were right equally
   * often: two-sided, from the binomial distribution; 1 without disagreements.
   */
  public double pValue() {
    long n = onlyFirst + onlySecond;
    long fewer = Math.min(onlyFirst, onlySecond);
    double term = -n * Math.log(2); // log of C(n, 0) / 2^n
    double sum = Math.exp(term);
    for (long k = 1; k <= fewer; k++) {
      term += Math.log((double) (n - k + 1) / k);
      sum += Math.exp(term);
    }
    return Math.min(1, 2 * sum);
  }

  /**
   * Returns the interval of the second's accuracy minus the first's, on {@code faces} faces (paired
   * normal approximation).
   */
  public Interval difference(long faces) {
    double discordant = onlyFirst + onlySecond;
    double difference = (double) (onlySecond - onlyFirst) / faces;
    double variance = (discordant - faces * difference * difference) / ((double) faces * faces);
    double half = Interval.Z * Math.sqrt(variance);
    return new Interval(difference - half, difference + half);
  }
}
