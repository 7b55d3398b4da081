// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.decode;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What to open, and how long to wait for it.
 *
 * @param address what FFmpeg opens; may hold a password, so it is never printed
 * @param format FFmpeg's name of the input format, where it cannot be told from the address
 * @param options FFmpeg's options of protocol and format
 * @param connectTimeout until the other side has answered; positive
 * @param probeTimeout from there until the kind of video is known; positive
 * @param readTimeout longest wait for the next packet; positive
 */
public record StreamRequest(
    String address,
    Optional<String> format,
    Map<String, String> options,
    Duration connectTimeout,
    Duration probeTimeout,
    Duration readTimeout) {
  /** A connection attempt that meets a rebooting camera must end soon enough for the next one. */
  public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** A camera may send a key frame only every few seconds. */
  public static final Duration DEFAULT_PROBE_TIMEOUT = Duration.ofSeconds(12);

  /** Silence after which a camera counts as gone. */
  public static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(5);

  private static final String FILE = "file:";

  private static final String NETWORK_PROTOCOLS =
      "rtsp,rtsps,rtmp,rtmps,http,https,httpproxy,hls,srt,rtp,srtp,udp,tcp,tls,crypto,data";

  public StreamRequest {
    options = Map.copyOf(options);
  }

  /** A file of this machine; it may not refer to anything on a network. */
  public static StreamRequest file(String path) {
    return new StreamRequest(
        FILE + path,
        Optional.empty(),
        // A % in the name of a photo is no number of a series.
        Map.of("protocol_whitelist", "file,crypto,data", "pattern_type", "none"),
        DEFAULT_CONNECT_TIMEOUT,
        DEFAULT_PROBE_TIMEOUT,
        DEFAULT_READ_TIMEOUT);
  }

  /**
   * A stream on a network; it may not refer to a file of this machine.
   *
   * @param udp whether RTSP sends its packets by UDP, not inside its TCP connection
   */
  public static StreamRequest network(String url, boolean udp) {
    Map<String, String> options = new HashMap<>();
    options.put("protocol_whitelist", NETWORK_PROTOCOLS);
    String scheme = url.toLowerCase(Locale.ROOT);
    String micros = Long.toString(DEFAULT_READ_TIMEOUT.toNanos() / 1000);
    if (scheme.startsWith("rtsp")) {
      options.put("rtsp_transport", udp ? "udp" : "tcp");
      options.put("allowed_media_types", "video");
      options.put("timeout", micros);
    } else {
      options.put("rw_timeout", micros);
    }
    if (!scheme.startsWith("http")) { // that may be a recording, whose first pictures count too
      options.put("fflags", "nobuffer");
    }
    options.put("analyzeduration", "2000000");
    return new StreamRequest(
        url,
        Optional.empty(),
        options,
        DEFAULT_CONNECT_TIMEOUT,
        DEFAULT_PROBE_TIMEOUT,
        DEFAULT_READ_TIMEOUT);
  }

  /** A camera at this machine, by the name that its system knows it by, such as /dev/video0. */
  public static StreamRequest device(String name) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    boolean windows = system.startsWith("windows");
    String format = windows ? "dshow" : system.startsWith("mac") ? "avfoundation" : "v4l2";
    return new StreamRequest(
        windows ? "video=" + name : name,
        Optional.of(format),
        Map.of(),
        DEFAULT_CONNECT_TIMEOUT,
        DEFAULT_PROBE_TIMEOUT,
        DEFAULT_READ_TIMEOUT);
  }

  /** Whether it is a file of this machine. */
  boolean isFile() {
    return address.startsWith(FILE);
  }

  /** Without the address, for that may hold a password. */
  @Override
  public String toString() {
    return "StreamRequest[format=%s, options=%s]".formatted(format.orElse("as found"), options);
  }
}
