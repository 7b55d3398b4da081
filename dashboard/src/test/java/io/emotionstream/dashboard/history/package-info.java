// SPDX-License-Identifier: Apache-2.0
/** Tests of history against a real database. */
@NullMarked
package io.emotionstream.dashboard.history;

import org.jspecify.annotations.NullMarked;
