// SPDX-License-Identifier: Apache-2.0
/**
 * Opens streams and files with FFmpeg and decodes their pictures to grayscale; the only package
 * that calls FFmpeg.
 *
 * <p>Nothing here blocks for ever: every call that may wait for a network or a device is ended by
 * an {@code Interrupt}. FFmpeg itself logs nothing, for its messages hold URLs with their
 * passwords; what went wrong is in a {@code StreamException} without the URL.
 */
@NullMarked
package io.emotionstream.ingest.decode;

import org.jspecify.annotations.NullMarked;
