// SPDX-License-Identifier: Apache-2.0
/** Reading and splitting labelled faces. */
@NullMarked
package io.emotionstream.trainer.data;

import org.jspecify.annotations.NullMarked;
