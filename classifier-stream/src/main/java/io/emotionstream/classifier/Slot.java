// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@code face-frames} as it came; its topic and partition are the task's.
 *
 * @param key camera id, or null where the producer set none
 * @param timestamp in milliseconds since the epoch, within what {@link ClassifierTopology} admits
 * @param offset position in its partition
 * @param value encoded record, null for a tombstone; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: it only carries the bytes
record Slot(
    @Nullable String key, long timestamp, long offset, Headers headers, byte @Nullable [] value) {
  private static final int BYTES_A_HEADER = 8;

  /** Returns about how many bytes the record takes in a topic. */
  long size() {
    return (key == null ? 0 : utf8Length(key)) + (value == null ? 0 : value.length) + headerSize();
  }

  /** Returns about how many of these bytes are headers. */
  long headerSize() {
    long size = 0;
    for (Header header : headers) {
      byte[] content = header.value();
      size += BYTES_A_HEADER + utf8Length(header.key()) + (content == null ? 0 : content.length);
    }
    return size;
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
