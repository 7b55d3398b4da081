// SPDX-License-Identifier: Apache-2.0
/** What cameras are doing: counters, rates, and the pages that show them. */
@NullMarked
package io.emotionstream.ingest.health;

import org.jspecify.annotations.NullMarked;
