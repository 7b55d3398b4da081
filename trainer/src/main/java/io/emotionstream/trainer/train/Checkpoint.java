// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import java.time.Duration;

/**
 * All that is needed to go on after an epoch as if there had been no break.
 *
 * @param fingerprint settings and data it belongs to
 * @param epoch epochs done
 * @param elapsed time trained so far
 * @param best the best epoch so far
 * @param steps optimizer steps done
 * @param parameters weights and running statistics
 * @param velocity the optimizer's momentum
 * @param average moving average of the parameters
 */
@SuppressWarnings("ArrayRecordComponent") // written and read, never compared
record Checkpoint(
    String fingerprint,
    int epoch,
    Duration elapsed,
    BestEpoch best,
    long steps,
    float[] parameters,
    float[] velocity,
    float[] average) {}
