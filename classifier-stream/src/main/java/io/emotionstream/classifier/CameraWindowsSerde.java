// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of {@link CameraWindows} in their store, big-endian: a version, clock, closedThrough, then
 * the open windows, each with start, end, first and last face, seven pairs of count and probability
 * sum, and model ids. This is deployed state: a later layout takes a new version and still reads
 * this one.
 */
final class CameraWindowsSerde implements Serde<CameraWindows> {
  private static final int VERSION = 1;

  @Override
  public Serializer<CameraWindows> serializer() {
    return (topic, windows) -> encode(windows);
  }

  @Override
  public Deserializer<CameraWindows> deserializer() {
    return (topic, bytes) -> decode(bytes);
  }

  // Stores pass null through for a missing value, but Kafka is not annotated so.
  @SuppressWarnings("NullAway")
  private static byte[] encode(@Nullable CameraWindows windows) {
    if (windows == null) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeLong(windows.clock());
      out.writeLong(windows.closedThrough());
      out.writeInt(windows.open().size());
      for (OpenWindow window : windows.open()) {
        write(out, window);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @SuppressWarnings("NullAway")
  private static CameraWindows decode(byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new SerializationException(
            "camera windows have format version %d, this release reads %d"
                .formatted(version, VERSION));
      }
      long clock = in.readLong();
      long closedThrough = in.readLong();
      List<OpenWindow> open = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        open.add(read(in));
      }
      return new CameraWindows(clock, closedThrough, open);
    } catch (IOException e) {
      throw new SerializationException("damaged camera windows of " + bytes.length + " bytes", e);
    }
  }

  private static void write(DataOutputStream out, OpenWindow window) throws IOException {
    out.writeLong(window.start);
    out.writeLong(window.end);
    out.writeLong(window.firstFace);
    out.writeLong(window.lastFace);
    for (int label = 0; label < window.counts.length; label++) {
      out.writeLong(window.counts[label]);
      out.writeDouble(window.probabilitySums[label]);
    }
    out.writeInt(window.modelIds.size());
    for (String modelId : window.modelIds) {
      out.writeUTF(modelId);
    }
  }

  private static OpenWindow read(DataInputStream in) throws IOException {
    OpenWindow window = new OpenWindow(in.readLong(), in.readLong());
    window.firstFace = in.readLong();
    window.lastFace = in.readLong();
    for (int label = 0; label < window.counts.length; label++) {
      window.counts[label] = in.readLong();
      window.probabilitySums[label] = in.readDouble();
    }
    for (int left = in.readInt(); left > 0; left--) {
      window.modelIds.add(in.readUTF());
    }
    return window;
  }
}
