// SPDX-License-Identifier: Apache-2.0
/** Tests of the whole dashboard over HTTP, on a real broker and a real database. */
@NullMarked
package io.emotionstream.dashboard;

import org.jspecify.annotations.NullMarked;
