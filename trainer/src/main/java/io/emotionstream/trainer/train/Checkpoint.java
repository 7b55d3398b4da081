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
 * @param optimizer parameters and what the optimizer accumulated
 */
record Checkpoint(
    String fingerprint, int epoch, Duration elapsed, BestEpoch best, Optimizer.State optimizer) {}
