// SPDX-License-Identifier: Apache-2.0
/** What PostgreSQL holds: windows and their sums, read-only and within limits. */
@NullMarked
package io.emotionstream.dashboard.history;

import org.jspecify.annotations.NullMarked;
