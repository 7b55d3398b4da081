// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import java.util.OptionalLong;

/**
 * How far a partition is stored.
 *
 * @param next the offset after the last stored record; empty if none was stored yet
 */
record StoredPosition(PartitionKey partition, OptionalLong next) {}
