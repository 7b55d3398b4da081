// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.json;

import static java.util.Objects.requireNonNull;

import io.emotionstream.schemas.AvroSerde;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns one record into JSON; leaves out, counts and logs what is none. */
final class JsonProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Logger LOG = LoggerFactory.getLogger(JsonProcessor.class);

  private final AvroSerde<? extends SpecificRecord> serde;
  private final AtomicLong skipped;
  private @Nullable ProcessorContext<byte[], byte[]> context;

  JsonProcessor(AvroSerde<? extends SpecificRecord> serde, AtomicLong skipped) {
    this.serde = serde;
    this.skipped = skipped;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    ProcessorContext<byte[], byte[]> out = requireNonNull(context, "init comes first");
    byte @Nullable [] value = record.value();
    if (value == null) {
      skip(out, "it is a tombstone");
      return;
    }
    SpecificRecord decoded;
    try {
      decoded = serde.decode(value);
    } catch (SerializationException e) {
      skip(out, String.valueOf(e.getMessage()));
      return;
    }
    out.forward(record.withValue(JsonText.of(decoded)));
  }

  private void skip(ProcessorContext<byte[], byte[]> out, String why) {
    skipped.incrementAndGet();
    RecordMetadata at = out.recordMetadata().orElseThrow();
    LOG.warn("{}-{} offset {} has no copy, for {}", at.topic(), at.partition(), at.offset(), why);
  }
}
