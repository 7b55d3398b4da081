// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import io.emotionstream.schemas.Emotion;

/**
 * How well one class is told; a ratio of nothing to nothing is NaN, not 0.
 *
 * @param emotion the class
 * @param support faces of this class
 * @param precision share of the faces so classified that are of this class; NaN if none was
 * @param recall share of the faces of this class so classified; NaN if there are none
 * @param f1 2 TP / (2 TP + FP + FN); NaN if the class is neither there nor predicted
 * @param recallInterval 95 % interval of the recall
 */
public record ClassMetrics(
    Emotion emotion,
    long support,
    double precision,
    double recall,
    double f1,
    Interval recallInterval) {}
