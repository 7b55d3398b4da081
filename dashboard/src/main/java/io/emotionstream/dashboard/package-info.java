// SPDX-License-Identifier: Apache-2.0
/**
 * The web page and its read-only HTTP API: live state from the emotion topics, history from
 * PostgreSQL.
 *
 * <p>The page lies in the resources beside this package: {@code page/index.html} answers {@code /},
 * and what is under {@code page/assets} answers {@code /assets/...}.
 */
@NullMarked
package io.emotionstream.dashboard;

import org.jspecify.annotations.NullMarked;
