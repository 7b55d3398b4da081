// SPDX-License-Identifier: Apache-2.0
/**
 * What every process tells about itself: metrics for Prometheus, whether it is alive and ready, and
 * the small HTTP server that shows both; and how a process logs in to the database.
 */
@NullMarked
package io.emotionstream.operations;

import org.jspecify.annotations.NullMarked;
