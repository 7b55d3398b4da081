// SPDX-License-Identifier: Apache-2.0
/** From counted predictions to shares of the true classes. */
@NullMarked
package io.emotionstream.classifier.quantify;

import org.jspecify.annotations.NullMarked;
