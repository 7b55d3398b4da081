// SPDX-License-Identifier: Apache-2.0
/** The stream: face frames to emotion events to windowed distributions, and its runner. */
@NullMarked
package io.emotionstream.classifier;

import org.jspecify.annotations.NullMarked;
