// SPDX-License-Identifier: Apache-2.0
/** All stages together, against a real broker and a real database. */
@NullMarked
package io.emotionstream.it;

import org.jspecify.annotations.NullMarked;
