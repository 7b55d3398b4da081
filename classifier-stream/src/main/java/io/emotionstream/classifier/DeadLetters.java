// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.classifier.Inbound.Rejected;
import io.emotionstream.schemas.DeadLetter;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Files records that could not be classified. The letter's own timestamp is the time of filing, so
 * that its short retention counts from then, whatever the record said.
 */
final class DeadLetters {
  private static final int MAX_MESSAGE_LENGTH = 500;

  private final String sourceTopic;
  private final int sourcePartition;
  private final InstantSource clock;

  DeadLetters(String sourceTopic, int sourcePartition, InstantSource clock) {
    this.sourceTopic = sourceTopic;
    this.sourcePartition = sourcePartition;
    this.clock = clock;
  }

  Record<String, DeadLetter> create(Slot slot, Rejected fault) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    // A letter must fit its topic: it carries no record that would not.
    boolean fits = slot.size() <= FrameReader.MAX_RECORD_BYTES;
    byte[] value = fits ? slot.value() : null;
    DeadLetter.Builder letter =
        DeadLetter.newBuilder()
            .setReason(fault.reason())
            .setMessage(shorten(fault.message()))
            .setSourceTopic(sourceTopic)
            .setSourcePartition(sourcePartition)
            .setSourceOffset(slot.offset())
            .setSourceTimestamp(Instant.ofEpochMilli(slot.timestamp()))
            .setFailedAt(now);
    if (value != null) {
      letter.setOriginal(ByteBuffer.wrap(value));
    }
    String key = slot.key();
    boolean keepsKey = fits || (key != null && key.length() <= FrameReader.MAX_ID_LENGTH);
    Headers headers = fits ? slot.headers() : new RecordHeaders();
    return new Record<>(keepsKey ? key : null, letter.build(), now.toEpochMilli(), headers);
  }

  private static String shorten(String message) {
    return message.length() <= MAX_MESSAGE_LENGTH
        ? message
        : message.substring(0, MAX_MESSAGE_LENGTH - 3) + "...";
  }
}
