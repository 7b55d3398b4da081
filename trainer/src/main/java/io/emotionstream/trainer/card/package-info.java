// SPDX-License-Identifier: Apache-2.0
/** What a model is, can do and must not be used for, written from its bundle and evaluations. */
@NullMarked
package io.emotionstream.trainer.card;

import org.jspecify.annotations.NullMarked;
