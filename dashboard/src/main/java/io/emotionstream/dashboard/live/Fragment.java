// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.live;

/**
 * A piece of JSON that is made once and written to whoever wants it; nobody changes its bytes.
 *
 * @param version tick in which it came to be
 * @param json UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never compared
record Fragment(long version, byte[] json) {}
