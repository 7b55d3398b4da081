// SPDX-License-Identifier: Apache-2.0
/** Publishes face crops of any source as frames of cameras; {@code Ingest} is the way in. */
@NullMarked
package io.emotionstream.ingest;

import org.jspecify.annotations.NullMarked;
