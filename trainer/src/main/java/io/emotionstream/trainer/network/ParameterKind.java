// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

/** How a parameter is to be updated. */
public enum ParameterKind {
  /** Convolution or dense weight: decays. */
  WEIGHT,
  /** Bias, or batch normalisation's gamma and beta: does not decay. */
  OFFSET_OR_SCALE,
  /** Running mean or deviation: its "gradient" is subtracted as it is. */
  RUNNING_STATISTIC
}
