// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import java.time.Duration;

/**
 * One line of the history.
 *
 * @param epoch number of the epoch, the first is 1
 * @param trainingLoss mean cross-entropy over the epoch's augmented faces, smoothing, mixup and
 *     dropout included
 * @param trainingAccuracy share of these faces whose heaviest target was the answer, in [0, 1]
 * @param validationLoss mean cross-entropy over the validation faces against their labels
 * @param validationAccuracy in [0, 1]
 * @param validationMacroF1 in [0, 1]
 * @param rate learning rate at the epoch's end
 * @param facesPerSecond training faces a second, validation left out
 * @param elapsed time trained since the first epoch began
 */
public record EpochResult(
    int epoch,
    double trainingLoss,
    double trainingAccuracy,
    double validationLoss,
    double validationAccuracy,
    double validationMacroF1,
    double rate,
    double facesPerSecond,
    Duration elapsed) {}
