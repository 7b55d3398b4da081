// SPDX-License-Identifier: Apache-2.0
/** One camera's counts in one window, as they come from Kafka or out of PostgreSQL. */
@NullMarked
package io.emotionstream.dashboard.window;

import org.jspecify.annotations.NullMarked;
