// SPDX-License-Identifier: Apache-2.0
/** What the steps of the pipeline cost, one by one. */
@NullMarked
package io.emotionstream.benchmarks;

import org.jspecify.annotations.NullMarked;
