// SPDX-License-Identifier: Apache-2.0
/**
 * Many cameras side by side: each is opened, watched, opened again, and taken in and out, without
 * another noticing.
 *
 * <p>Threads: FFmpeg blocks while it waits for a network, so each live camera has one thread that
 * does nothing but wait for packets; it takes no processor to speak of. Everything that costs,
 * decoding, detection and the reading of recordings, is done in short turns by a pool of as many
 * threads as the machine has cores, whatever the number of cameras ({@code SerialTask}).
 */
@NullMarked
package io.emotionstream.ingest.fleet;

import org.jspecify.annotations.NullMarked;
