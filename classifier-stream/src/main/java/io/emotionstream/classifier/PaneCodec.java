// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.model.Emotions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Bytes of {@link Pane} and {@link TrackSums} in their store, big-endian, each led by a version.
 * They are written at every face, so what is mostly zero is left out: a flag says whether it is
 * there. This is deployed state: a later layout takes a new version and still reads this one.
 */
final class PaneCodec {
  private static final int PANE_VERSION = 1;
  private static final int TRACK_VERSION = 1;

  private static final int LEGACY = 1;
  private static final int THRESHOLDS = 2;
  private static final int FACES = 4;
  private static final int UNTRACKED = 8;
  private static final int TRACKED = 16;

  private PaneCodec() {}

  static byte[] encode(Pane pane) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      boolean faces = !pane.counts.isEmpty();
      boolean untracked = pane.untracked > 0;
      boolean tracked = pane.tracks > 0 || pane.trackThreshold != Pane.ALL_TRACKS;
      out.writeByte(PANE_VERSION);
      out.writeByte(
          (pane.legacy ? LEGACY : 0)
              | (pane.thresholds ? THRESHOLDS : 0)
              | (faces ? FACES : 0)
              | (untracked ? UNTRACKED : 0)
              | (tracked ? TRACKED : 0));
      out.writeLong(pane.heartbeats);
      if (faces) {
        writeFaces(out, pane);
      }
      if (untracked) {
        out.writeLong(pane.untracked);
        write(out, pane.untrackedSums);
      }
      if (tracked) {
        out.writeInt(pane.tracks);
        out.writeLong(pane.trackThreshold);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #encode(Pane)} wrote.
   *
   * @throws SerializationException if the bytes are damaged or of a later version
   */
  static Pane decodePane(byte[] bytes) {
    try (DataInputStream in = reader(bytes, "window pane", PANE_VERSION)) {
      int flags = in.readUnsignedByte();
      Pane pane = new Pane();
      pane.legacy = (flags & LEGACY) != 0;
      pane.thresholds = (flags & THRESHOLDS) != 0;
      pane.heartbeats = in.readLong();
      if ((flags & FACES) != 0) {
        readFaces(in, pane);
      }
      if ((flags & UNTRACKED) != 0) {
        pane.untracked = in.readLong();
        read(in, pane.untrackedSums);
      }
      if ((flags & TRACKED) != 0) {
        pane.tracks = in.readInt();
        pane.trackThreshold = in.readLong();
      }
      return pane;
    } catch (IOException e) {
      throw new SerializationException("damaged window pane of " + bytes.length + " bytes", e);
    }
  }

  static byte[] encode(TrackSums track) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(96);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(TRACK_VERSION);
      out.writeLong(track.faces);
      out.writeLong(track.first);
      out.writeLong(track.last);
      write(out, track.probabilitySums);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #encode(TrackSums)} wrote.
   *
   * @throws SerializationException if the bytes are damaged or of a later version
   */
  static TrackSums decodeTrack(byte[] bytes) {
    try (DataInputStream in = reader(bytes, "track", TRACK_VERSION)) {
      TrackSums track = new TrackSums();
      track.faces = in.readLong();
      track.first = in.readLong();
      track.last = in.readLong();
      read(in, track.probabilitySums);
      return track;
    } catch (IOException e) {
      throw new SerializationException("damaged track of " + bytes.length + " bytes", e);
    }
  }

  private static void writeFaces(DataOutputStream out, Pane pane) throws IOException {
    out.writeLong(pane.firstFace);
    out.writeLong(pane.lastFace);
    out.writeLong(pane.uncertain);
    write(out, pane.probabilitySums);
    write(out, pane.confidenceSums);
    out.writeInt(pane.counts.size());
    for (Map.Entry<String, long[]> model : pane.counts.entrySet()) {
      out.writeUTF(model.getKey());
      for (long count : model.getValue()) {
        out.writeLong(count);
      }
    }
  }

  private static void readFaces(DataInputStream in, Pane pane) throws IOException {
    pane.firstFace = in.readLong();
    pane.lastFace = in.readLong();
    pane.uncertain = in.readLong();
    read(in, pane.probabilitySums);
    read(in, pane.confidenceSums);
    for (int left = in.readInt(); left > 0; left--) {
      String model = in.readUTF();
      long[] counts = new long[Emotions.COUNT];
      for (int label = 0; label < counts.length; label++) {
        counts[label] = in.readLong();
      }
      pane.counts.put(model, counts);
    }
  }

  private static DataInputStream reader(byte[] bytes, String what, int version) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    int found = in.readUnsignedByte();
    if (found != version) {
      throw new SerializationException(
          "%s has format version %d, this release reads %d".formatted(what, found, version));
    }
    return in;
  }

  private static void write(DataOutputStream out, double[] values) throws IOException {
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  private static void read(DataInputStream in, double[] values) throws IOException {
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
  }
}
