// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import java.util.stream.IntStream;

/**
 * What a threshold of uncertainty does to answers.
 *
 * @param uncertain faces whose top-1 probability is below it
 * @param faces all faces
 * @param others the answers that are not uncertain
 */
record UncertainFaces(int uncertain, int faces, Evaluation others) {

  static UncertainFaces of(Answers answers, double threshold) {
    int[] kept =
        IntStream.range(0, answers.size())
            // A float against a double, as Calibration.isUncertain compares.
            .filter(i -> !(answers.confidence(i) < threshold))
            .toArray();
    return new UncertainFaces(
        answers.size() - kept.length, answers.size(), answers.select(kept).evaluation());
  }

  /** Returns the share of uncertain faces; NaN without faces. */
  double share() {
    return (double) uncertain / faces;
  }
}
