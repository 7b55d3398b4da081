// SPDX-License-Identifier: Apache-2.0
/** Tests of the copies. */
@NullMarked
package io.emotionstream.json;

import org.jspecify.annotations.NullMarked;
