// SPDX-License-Identifier: Apache-2.0
/** Faces that no one has: a statistical model, its file format and the sampler. */
@NullMarked
package io.emotionstream.datasets.synthetic;

import org.jspecify.annotations.NullMarked;
