// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.synthetic;

import static io.emotionstream.datasets.synthetic.FaceStatistics.CLASSES;
import static io.emotionstream.datasets.synthetic.FaceStatistics.MAX_COMPONENTS;
import static io.emotionstream.datasets.synthetic.FaceStatistics.PIXELS;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Binary form of {@link FaceStatistics}, big-endian: magic {@code EMFACES}, version byte, K (int),
 * brightness and log-contrast (mean and deviation, floats), mean face (floats), K components (scale
 * float, then bytes), for each class its mean and packed covariance factor (floats), and the CRC-32
 * of all that (int).
 */
final class FaceStatisticsFormat {
  private static final long MAGIC = 0x454D_4641_4345_5300L; // "EMFACES", low byte for the version
  private static final int VERSION = 1;

  private FaceStatisticsFormat() {}

  static void write(FaceStatistics faces, OutputStream target) throws IOException {
    CheckedOutputStream checked =
        new CheckedOutputStream(new BufferedOutputStream(target), new CRC32());
    DataOutputStream out = new DataOutputStream(checked);
    out.writeLong(MAGIC | VERSION);
    out.writeInt(faces.components().size());
    writeSpread(out, faces.brightness());
    writeSpread(out, faces.logContrast());
    writeFloats(out, faces.meanFace());
    for (Component component : faces.components()) {
      out.writeFloat(component.scale());
      out.write(component.values());
    }
    for (Expression expression : faces.expressions()) {
      writeFloats(out, expression.mean());
      writeFloats(out, expression.factor());
    }
    out.writeInt((int) checked.getChecksum().getValue());
    out.flush();
  }

  static FaceStatistics read(InputStream source) throws IOException {
    CheckedInputStream checked = new CheckedInputStream(source, new CRC32());
    DataInputStream in = new DataInputStream(checked);
    try {
      int size = readHeader(in);
      Spread brightness = readSpread(in);
      Spread logContrast = readSpread(in);
      float[] meanFace = readFloats(in, PIXELS);
      List<Component> components = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        float scale = in.readFloat();
        components.add(new Component(in.readNBytes(PIXELS), scale));
      }
      List<Expression> expressions = new ArrayList<>();
      for (int i = 0; i < CLASSES; i++) {
        float[] mean = readFloats(in, size);
        expressions.add(new Expression(mean, readFloats(in, Expression.factorLength(size))));
      }
      int actual = (int) checked.getChecksum().getValue();
      int expected = in.readInt();
      if (actual != expected) {
        throw damaged("its checksum is %08x, expected %08x".formatted(actual, expected), null);
      }
      return new FaceStatistics(meanFace, components, expressions, brightness, logContrast);
    } catch (EOFException e) {
      throw damaged("it ends early", e);
    } catch (IllegalArgumentException e) {
      throw damaged(e.getMessage(), e);
    }
  }

  private static int readHeader(DataInputStream in) throws IOException {
    long header = in.readLong();
    if ((header & ~0xFFL) != MAGIC) {
      throw damaged("it does not start with EMFACES", null);
    }
    if ((header & 0xFF) != VERSION) {
      throw new IOException(
          "face statistics are of version %d, this program reads version %d: fit them anew"
              .formatted(header & 0xFF, VERSION));
    }
    int size = in.readInt();
    if (size < 1 || size > MAX_COMPONENTS) {
      throw damaged("components must be 1 to %d, were %d".formatted(MAX_COMPONENTS, size), null);
    }
    return size;
  }

  private static IOException damaged(@Nullable String what, @Nullable Throwable cause) {
    return new IOException("face statistics are damaged: " + what, cause);
  }

  private static void writeSpread(DataOutputStream out, Spread spread) throws IOException {
    out.writeFloat(spread.mean());
    out.writeFloat(spread.deviation());
  }

  private static Spread readSpread(DataInputStream in) throws IOException {
    float mean = in.readFloat();
    return new Spread(mean, in.readFloat());
  }

  private static void writeFloats(DataOutputStream out, float[] values) throws IOException {
    for (float value : values) {
      out.writeFloat(value);
    }
  }

  private static float[] readFloats(DataInputStream in, int count) throws IOException {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.readFloat();
    }
    return values;
  }
}
