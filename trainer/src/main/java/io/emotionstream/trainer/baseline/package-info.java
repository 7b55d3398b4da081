// SPDX-License-Identifier: Apache-2.0
/** Classifiers without a network, to compare networks with. */
@NullMarked
package io.emotionstream.trainer.baseline;

import org.jspecify.annotations.NullMarked;
