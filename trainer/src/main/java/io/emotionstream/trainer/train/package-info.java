// SPDX-License-Identifier: Apache-2.0
/** The training loop, its checkpoints and its history. */
@NullMarked
package io.emotionstream.trainer.train;

import org.jspecify.annotations.NullMarked;
