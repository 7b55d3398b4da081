// SPDX-License-Identifier: Apache-2.0
/** Fits the statistics that synthetic faces are drawn from. */
@NullMarked
package io.emotionstream.trainer.synthetic;

import org.jspecify.annotations.NullMarked;
