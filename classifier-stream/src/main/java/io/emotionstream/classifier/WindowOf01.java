// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import java.util.List;

/**
 * An open window [start, end) as release 0.1 kept it in its camera's state.
 *
 * @param counts faces by top-1 class
 * @param probabilitySums sum of the faces' probabilities
 * @param modelIds models that classified, sorted
 */
@SuppressWarnings("ArrayRecordComponent") // read once
record WindowOf01(
    long start,
    long end,
    long firstFace,
    long lastFace,
    long[] counts,
    double[] probabilitySums,
    List<String> modelIds) {}
