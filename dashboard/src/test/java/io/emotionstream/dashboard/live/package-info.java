// SPDX-License-Identifier: Apache-2.0
/** Tests of the live state and its streams, and of the server under load. */
@NullMarked
package io.emotionstream.dashboard.live;

import org.jspecify.annotations.NullMarked;
