// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import java.util.OptionalLong;

/**
 * One step of a partition's stored offset.
 *
 * @param partition whose offset moves
 * @param expected the stored offset that the batch continues; empty if none may be stored yet
 * @param next the offset after the batch
 */
record Advance(PartitionKey partition, OptionalLong expected, long next) {}
