// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.model.Emotions;
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
 * Bytes of {@link CameraWindows} in their store, big-endian: a version, the clock, then for each
 * kind of windows size, advance, grace, closedThrough, firstPane and missed. Version 1, of release
 * 0.1, held the open windows themselves and is read, too. This is deployed state: a later layout
 * takes a new version and still reads these.
 */
final class CameraWindowsSerde implements Serde<CameraWindows> {
  private static final int VERSION = 2;
  private static final int VERSION_OF_01 = 1;

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
    if (!windows.legacy().isEmpty()) {
      throw new IllegalStateException("windows of release 0.1 were not taken over");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeLong(windows.clock());
      out.writeInt(windows.kinds().size());
      for (WindowProgress kind : windows.kinds()) {
        out.writeLong(kind.size);
        out.writeLong(kind.advance);
        out.writeLong(kind.grace);
        out.writeLong(kind.closedThrough());
        out.writeLong(kind.firstPane());
        out.writeLong(kind.missed());
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
      return switch (version) {
        case VERSION -> read(in);
        case VERSION_OF_01 -> readOf01(in);
        default ->
            throw new SerializationException(
                "camera windows have format version %d, this release reads %d and %d: start the"
                        .formatted(version, VERSION_OF_01, VERSION)
                    + " release that wrote them, or a newer one");
      };
    } catch (IOException e) {
      throw new SerializationException("damaged camera windows of " + bytes.length + " bytes", e);
    }
  }

  private static CameraWindows read(DataInputStream in) throws IOException {
    long clock = in.readLong();
    List<WindowProgress> kinds = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      kinds.add(
          new WindowProgress(
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong()));
    }
    return new CameraWindows(clock, kinds);
  }

  /**
   * Its one kind of windows has no name here: every size that is open, closed as far as it says.
   */
  private static CameraWindows readOf01(DataInputStream in) throws IOException {
    long clock = Math.max(WindowProgress.NEVER, in.readLong());
    long closedThrough = Math.max(WindowProgress.NEVER, in.readLong());
    List<WindowOf01> open = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      open.add(readWindowOf01(in));
    }
    List<WindowProgress> kinds = new ArrayList<>();
    open.stream()
        .mapToLong(window -> window.end() - window.start())
        .distinct()
        .mapToObj(
            size ->
                new WindowProgress(size, size, 0, WindowProgress.NEVER, WindowProgress.NO_PANE, 0))
        .forEach(kinds::add);
    return new CameraWindows(clock, kinds, open, closedThrough);
  }

  private static WindowOf01 readWindowOf01(DataInputStream in) throws IOException {
    long start = in.readLong();
    long end = in.readLong();
    long firstFace = in.readLong();
    long lastFace = in.readLong();
    long[] counts = new long[Emotions.COUNT];
    double[] probabilitySums = new double[Emotions.COUNT];
    for (int label = 0; label < counts.length; label++) {
      counts[label] = in.readLong();
      probabilitySums[label] = in.readDouble();
    }
    List<String> modelIds = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      modelIds.add(in.readUTF());
    }
    return new WindowOf01(
        start, end, firstFace, lastFace, counts, probabilitySums, List.copyOf(modelIds));
  }
}
