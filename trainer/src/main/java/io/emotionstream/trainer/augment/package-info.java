// SPDX-License-Identifier: Apache-2.0
/** Seeded variation of training faces. */
@NullMarked
package io.emotionstream.trainer.augment;

import org.jspecify.annotations.NullMarked;
