// SPDX-License-Identifier: Apache-2.0
/** How other people's programs read the results. */
@NullMarked
package io.emotionstream.examples;

import org.jspecify.annotations.NullMarked;
