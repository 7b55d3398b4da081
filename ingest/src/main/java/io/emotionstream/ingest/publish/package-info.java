// SPDX-License-Identifier: Apache-2.0
/** How face crops become the frames of cameras on the topic: pace, order, heartbeats. */
@NullMarked
package io.emotionstream.ingest.publish;

import org.jspecify.annotations.NullMarked;
