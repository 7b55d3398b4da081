// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.schemas;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.message.RawMessageDecoder;
import org.apache.avro.message.RawMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.NullMarked;

/**
 * Confluent's wire format: a zero byte, the schema's number in the registry in four (big-endian),
 * the body in Avro's binary encoding. Safe for use by several threads.
 */
@NullMarked
final class ConfluentFormat<T extends SpecificRecord> {
  static final byte MAGIC = 0;
  private static final int HEADER_BYTES = 5;

  private final SchemaRegistry registry;
  private final String names;
  private final Map<Class<?>, RawMessageEncoder<T>> encoders = new HashMap<>();
  private final Map<Class<?>, Schema> schemas = new HashMap<>();
  private final Map<String, Class<?>> types = new HashMap<>();
  private final Map<Integer, RawMessageDecoder<T>> decoders = new ConcurrentHashMap<>();

  ConfluentFormat(SchemaRegistry registry, Class<? extends T>[] types, String names) {
    this.registry = registry;
    this.names = names;
    for (Class<? extends T> type : types) {
      SpecificData model = SpecificData.getForClass(type);
      Schema schema = model.getSchema(type);
      encoders.put(type, new RawMessageEncoder<>(model, schema));
      schemas.put(type, schema);
      this.types.put(schema.getFullName(), type);
    }
  }

  byte[] encode(T record) {
    RawMessageEncoder<T> encoder = encoders.get(record.getClass());
    Schema schema = schemas.get(record.getClass());
    if (encoder == null || schema == null) {
      throw new SerializationException(
          "cannot write a %s here, expected %s".formatted(record.getClass().getName(), names));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(MAGIC);
      out.writeInt(registry.idOf(schema));
      encoder.encode(record, out);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  T decode(byte[] bytes) {
    if (bytes.length < HEADER_BYTES) {
      throw new SerializationException(
          "%d bytes are too few for a schema's number, expected %s".formatted(bytes.length, names));
    }
    RawMessageDecoder<T> decoder = decoder(ByteBuffer.wrap(bytes).getInt(1));
    try {
      return decoder.decode(
          new ByteArrayInputStream(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES));
    } catch (IOException | RuntimeException e) { // Avro throws both on a damaged body
      throw new SerializationException("damaged " + names + ": " + e.getMessage(), e);
    }
  }

  private RawMessageDecoder<T> decoder(int id) {
    RawMessageDecoder<T> known = decoders.get(id);
    if (known != null) {
      return known;
    }
    Schema writer = registry.schemaOf(id);
    Class<?> type = types.get(writer.getFullName());
    if (type == null) {
      throw new SerializationException(
          "schema %d is of %s, expected %s".formatted(id, writer.getFullName(), names));
    }
    Schema reader = requireNonNull(schemas.get(type));
    RawMessageDecoder<T> decoder =
        new RawMessageDecoder<>(SpecificData.getForClass(type), writer, reader);
    decoders.put(id, decoder);
    return decoder;
  }
}
