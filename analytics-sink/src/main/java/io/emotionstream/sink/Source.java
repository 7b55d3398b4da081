// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import org.jspecify.annotations.Nullable;

/**
 * The Kafka record that a row comes from.
 *
 * @param key its bytes, if any
 * @param value its bytes, if any
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way through; never compared
record Source(
    PartitionKey partition, long offset, byte @Nullable [] key, byte @Nullable [] value) {}
