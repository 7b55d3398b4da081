// SPDX-License-Identifier: Apache-2.0
/** Measures how well and how fast faces are found, on pictures of the user's. */
@NullMarked
package io.emotionstream.ingest.measure;

import org.jspecify.annotations.NullMarked;
