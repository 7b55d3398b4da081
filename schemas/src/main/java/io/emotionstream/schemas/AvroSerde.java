// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Avro single-object encoding of the records in this package: two marker bytes, the writer schema's
 * 64-bit fingerprint, then the body (Avro specification, "Single-object encoding"). One of a {@link
 * RecordFormat} with a registry writes Confluent's wire format and reads both.
 *
 * <p>A serde may stand for several record types that share a topic; the fingerprint tells them
 * apart. Records of earlier releases are read as today's, with the defaults of fields that came
 * later: their schemas lie beside this class in a folder for each release. Null is a tombstone both
 * ways. Bytes of an unknown schema, a damaged body, or a field of more than 4 MiB throw {@link
 * SerializationException}. Safe for use by several threads.
 *
 * @param <T> the record type, or a common supertype
 */
@NullMarked
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {
  private static final int HEADER_BYTES = 10;
  private static final int MAX_FIELD_BYTES = 4 << 20;
  private static final short MARKER = (short) 0xC301;

  /** Releases whose schemas differ from today's in some record. */
  private static final List<String> EARLIER_RELEASES = List.of("0.1");

  static {
    // Avro makes room for the length that a string or byte field claims before it reads it: a
    // damaged record of a few bytes would take the heap. It reads these once, when it first
    // decodes.
    setIfAbsent("org.apache.avro.limits.bytes.maxLength");
    setIfAbsent("org.apache.avro.limits.string.maxLength");
    // Avro 1.12.2 instantiates only classes that it was told to trust.
    String trusted = FaceFrame.class.getPackageName();
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(), type -> type.getPackageName().equals(trusted)));
  }

  private final Map<Class<?>, BinaryMessageEncoder<T>> encoders = new HashMap<>();
  private final Map<Long, BinaryMessageDecoder<T>> decoders = new HashMap<>();
  private final String names;
  private final @Nullable ConfluentFormat<T> confluent;

  /**
   * @param registry for Confluent's wire format; null for single-object encoding
   */
  AvroSerde(Class<? extends T>[] types, @Nullable SchemaRegistry registry) {
    StringBuilder names = new StringBuilder();
    for (Class<? extends T> type : types) {
      SpecificData model = SpecificData.getForClass(type);
      Schema schema = model.getSchema(type);
      encoders.put(type, new BinaryMessageEncoder<>(model, schema));
      BinaryMessageDecoder<T> decoder = new BinaryMessageDecoder<>(model, schema);
      decoders.put(SchemaNormalization.parsingFingerprint64(schema), decoder);
      for (Schema earlier : earlierSchemas(type)) {
        decoder.addSchema(earlier);
        decoders.put(SchemaNormalization.parsingFingerprint64(earlier), decoder);
      }
      names.append(names.isEmpty() ? "" : " or ").append(type.getSimpleName());
    }
    this.names = names.toString();
    this.confluent = registry == null ? null : new ConfluentFormat<>(registry, types, this.names);
  }

  /**
   * Returns a serde of {@link RecordFormat#SINGLE_OBJECT} for a topic that carries any of {@code
   * types}.
   */
  @SafeVarargs
  public static <T extends SpecificRecord> AvroSerde<T> of(Class<? extends T>... types) {
    return new AvroSerde<>(types, null);
  }

  /** Returns the bytes of {@code record}. */
  public byte[] encode(T record) {
    if (confluent != null) {
      return confluent.encode(record);
    }
    BinaryMessageEncoder<T> encoder = encoders.get(record.getClass());
    if (encoder == null) {
      throw new SerializationException(
          "cannot write a %s here, expected %s".formatted(record.getClass().getName(), names));
    }
    try {
      ByteBuffer encoded = encoder.encode(record);
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the record in {@code bytes}.
   *
   * @throws SerializationException if they are not one of this serde's records
   * @throws RegistryException if they name a schema's number and the registry does not answer
   */
  public T decode(byte[] bytes) {
    boolean numbered = bytes.length > 0 && bytes[0] == ConfluentFormat.MAGIC;
    if (numbered && confluent != null) {
      return confluent.decode(bytes);
    }
    if (bytes.length < HEADER_BYTES || ByteBuffer.wrap(bytes).getShort() != MARKER) {
      throw new SerializationException(
          "%d bytes are not Avro single-object encoding (C3 01 and a fingerprint), expected %s%s"
              .formatted(
                  bytes.length,
                  names,
                  numbered ? "; they may need --schema-registry, for they begin with 00" : ""));
    }
    long fingerprint = ByteBuffer.wrap(bytes, 2, 8).order(ByteOrder.LITTLE_ENDIAN).getLong();
    BinaryMessageDecoder<T> decoder = decoders.get(fingerprint);
    if (decoder == null) {
      throw new SerializationException(
          "schema fingerprint %016x is unknown, expected %s".formatted(fingerprint, names));
    }
    try {
      return decoder.decode(bytes);
    } catch (IOException | RuntimeException e) { // Avro throws both on a damaged body
      throw new SerializationException("damaged " + names + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Serializer<T> serializer() {
    return (topic, record) -> encodeNullable(record);
  }

  @Override
  public Deserializer<T> deserializer() {
    return (topic, bytes) -> decodeNullable(bytes);
  }

  private static List<Schema> earlierSchemas(Class<?> type) {
    List<Schema> earlier = new ArrayList<>();
    for (String release : EARLIER_RELEASES) {
      String file = release + "/" + type.getSimpleName() + ".avsc";
      try (InputStream in = AvroSerde.class.getResourceAsStream(file)) {
        if (in != null) { // the record is newer than the release
          earlier.add(new Schema.Parser().parse(in));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return earlier;
  }

  private static void setIfAbsent(String limit) {
    if (System.getProperty(limit) == null) {
      System.setProperty(limit, Integer.toString(MAX_FIELD_BYTES));
    }
  }

  // Kafka's serializers pass null through for tombstones but are not annotated so.
  @SuppressWarnings("NullAway")
  private byte[] encodeNullable(@Nullable T record) {
    return record == null ? null : encode(record);
  }

  @SuppressWarnings("NullAway")
  private T decodeNullable(byte @Nullable [] bytes) {
    return bytes == null ? null : decode(bytes);
  }
}
