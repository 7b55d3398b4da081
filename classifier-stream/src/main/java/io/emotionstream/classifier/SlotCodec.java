// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of a {@link Slot} in its store: a version, timestamp, offset, then key, value and headers,
 * each with its length (-1 for null). Big-endian.
 */
final class SlotCodec {
  private static final int VERSION = 1;
  private static final int FIXED_BYTES = 64;

  private SlotCodec() {}

  static byte[] encode(Slot slot) {
    byte[] value = slot.value();
    int size = FIXED_BYTES + (value == null ? 0 : value.length);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      String key = slot.key();
      Header[] headers = slot.headers().toArray();
      out.writeByte(VERSION);
      out.writeLong(slot.timestamp());
      out.writeLong(slot.offset());
      write(out, key == null ? null : key.getBytes(UTF_8));
      write(out, value);
      out.writeInt(headers.length);
      for (Header header : headers) {
        write(out, header.key().getBytes(UTF_8));
        write(out, header.value());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws SerializationException if the bytes are damaged or of a later version
   */
  static Slot decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new SerializationException(
            "waiting frame has format version %d, this release reads %d"
                .formatted(version, VERSION));
      }
      long timestamp = in.readLong();
      long offset = in.readLong();
      byte[] key = read(in);
      byte[] value = read(in);
      return new Slot(
          key == null ? null : new String(key, UTF_8), timestamp, offset, readHeaders(in), value);
    } catch (IOException e) {
      throw new SerializationException("damaged waiting frame of " + bytes.length + " bytes", e);
    }
  }

  private static Headers readHeaders(DataInputStream in) throws IOException {
    Headers headers = new RecordHeaders();
    for (int left = in.readInt(); left > 0; left--) {
      byte[] key = read(in);
      if (key == null) {
        throw new IOException("a header has no key");
      }
      headers.add(new String(key, UTF_8), read(in));
    }
    return headers;
  }

  private static void write(DataOutputStream out, byte @Nullable [] field) throws IOException {
    out.writeInt(field == null ? -1 : field.length);
    if (field != null) {
      out.write(field);
    }
  }

  private static byte @Nullable [] read(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length > in.available()) {
      throw new IOException("a field of " + length + " bytes is cut off");
    }
    return length < 0 ? null : in.readNBytes(length);
  }
}
