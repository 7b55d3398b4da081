// SPDX-License-Identifier: Apache-2.0
/**
 * The analytics sink: events and distributions from Kafka into PostgreSQL, exactly once, because a
 * batch's rows and its offsets commit in one database transaction.
 */
@NullMarked
package io.emotionstream.sink;

import org.jspecify.annotations.NullMarked;
