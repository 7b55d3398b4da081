// SPDX-License-Identifier: Apache-2.0
/** Input and output of the network: normalization, classifier, model bundle. */
@NullMarked
package io.emotionstream.model;

import org.jspecify.annotations.NullMarked;
