// SPDX-License-Identifier: Apache-2.0
/**
 * Moving pictures: what decoding hands to face finding, and what comes back.
 *
 * <p>A {@code VideoFrame} goes into a {@code FaceFinder}, one of which each camera has; {@code
 * FoundFace}s come out.
 */
@NullMarked
package io.emotionstream.ingest.video;

import org.jspecify.annotations.NullMarked;
