// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.history;

/**
 * Whether history can be read.
 *
 * @param isReadable whether the database answered and its tables are there
 * @param message what is wrong; empty if nothing is
 */
public record DatabaseStatus(boolean isReadable, String message) {}
