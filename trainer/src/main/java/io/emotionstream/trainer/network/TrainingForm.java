// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

/**
 * How a network is made to train.
 *
 * @param batch faces at a time; batch statistics are taken over them
 * @param dropout chance that a feature before the output layer is zeroed, in [0, 1)
 * @param auxiliaryClasses classes of a second question that is answered beside the emotion; 0 for
 *     none
 * @param auxiliaryWeight weight of the second question's cross-entropy
 * @param precision of the maps
 */
public record TrainingForm(
    int batch, double dropout, int auxiliaryClasses, double auxiliaryWeight, Precision precision) {}
