// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** Loads FFmpeg once, quietly, and translates its error numbers and options. */
final class Ffmpeg {
  /** {@code AVERROR(EIO)}. */
  static final int IO_ERROR = -5;

  private static final int MAX_MESSAGE = 256;

  static {
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    avformat.avformat_network_init();
  }

  private Ffmpeg() {}

  /** Loads the native libraries, where that was not done before. */
  static void load() {
    // The static initializer has done it.
  }

  /**
   * Loads what reads cameras of this machine; apart, for it needs libraries of a desktop.
   *
   * @throws StreamException if one of them is missing
   */
  static void loadDevices() throws StreamException {
    try {
      avdevice.avdevice_register_all();
    } catch (LinkageError e) {
      throw new StreamException(
          "cameras of this machine need libraries that it lacks, on Debian those of"
              + " 'apt install libpulse0 libxcb-shm0 libxcb-shape0 libxcb-xfixes0': "
              + rootMessage(e));
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  /** Returns FFmpeg's words for an error number. */
  static String message(int error) {
    byte[] text = new byte[MAX_MESSAGE];
    avutil.av_strerror(error, text, text.length);
    int length = 0;
    while (length < text.length && text[length] != 0) {
      length++;
    }
    return new String(text, 0, length, UTF_8);
  }

  /** Returns a new dictionary; the caller frees what is left of it. */
  static AVDictionary dictionary(Map<String, String> options) {
    AVDictionary dictionary = new AVDictionary(null);
    options.forEach((name, value) -> avutil.av_dict_set(dictionary, name, value, 0));
    return dictionary;
  }
}
