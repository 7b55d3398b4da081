// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.emotionstream.benchmarks.endtoend;

import org.jspecify.annotations.NullMarked;
