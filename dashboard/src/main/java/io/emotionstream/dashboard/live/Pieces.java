// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Puts pieces of JSON together that are made already. */
final class Pieces {
  static final byte[] WINDOWS = text(",\"windows\":[");
  static final byte[] WINDOWS_END = text("]}");

  private Pieces() {}

  static byte[] text(String ascii) {
    return ascii.getBytes(UTF_8);
  }

  /** Writes {@code pieces} with commas in between. */
  static void join(ByteArrayOutputStream out, List<byte[]> pieces) {
    String separator = "";
    for (byte[] piece : pieces) {
      out.writeBytes(text(separator));
      out.writeBytes(piece);
      separator = ",";
    }
  }
}
