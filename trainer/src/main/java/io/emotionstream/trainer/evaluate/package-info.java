// SPDX-License-Identifier: Apache-2.0
/** Accuracy, macro F1 and confusion matrix of a classifier. */
@NullMarked
package io.emotionstream.trainer.evaluate;

import org.jspecify.annotations.NullMarked;
