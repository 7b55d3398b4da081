// SPDX-License-Identifier: Apache-2.0
/** Exploratory analysis of labelled faces: what they are, how good they are, where they repeat. */
@NullMarked
package io.emotionstream.trainer.explore;

import org.jspecify.annotations.NullMarked;
