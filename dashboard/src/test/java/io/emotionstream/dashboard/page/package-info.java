// SPDX-License-Identifier: Apache-2.0
/** The page in a real browser: headless Chromium, driven by its DevTools protocol. */
@NullMarked
package io.emotionstream.dashboard.page;

import org.jspecify.annotations.NullMarked;
