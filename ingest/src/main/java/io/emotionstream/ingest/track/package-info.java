// SPDX-License-Identifier: Apache-2.0
/** Follows faces from picture to picture, and cuts out those that are worth sending. */
@NullMarked
package io.emotionstream.ingest.track;

import org.jspecify.annotations.NullMarked;
