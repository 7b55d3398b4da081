// SPDX-License-Identifier: Apache-2.0
/** How figures and times are written as JSON, the same in every answer. */
@NullMarked
package io.emotionstream.dashboard.json;

import org.jspecify.annotations.NullMarked;
