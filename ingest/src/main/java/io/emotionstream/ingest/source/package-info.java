// SPDX-License-Identifier: Apache-2.0
/** Where face crops come from: data sets, folders, drawn faces. */
@NullMarked
package io.emotionstream.ingest.source;

import org.jspecify.annotations.NullMarked;
