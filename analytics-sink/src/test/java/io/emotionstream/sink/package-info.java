// SPDX-License-Identifier: Apache-2.0
/** Tests of the sink, against a real database and, in the ITs, a real broker. */
@NullMarked
package io.emotionstream.sink;

import org.jspecify.annotations.NullMarked;
