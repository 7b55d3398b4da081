// SPDX-License-Identifier: Apache-2.0
/** Finds the faces in one grayscale picture. */
@NullMarked
package io.emotionstream.ingest.detect;

import org.jspecify.annotations.NullMarked;
