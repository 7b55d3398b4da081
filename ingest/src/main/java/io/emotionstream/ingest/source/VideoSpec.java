// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.source;

import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Pictures of one camera, in which faces are to be found.
 *
 * <ul>
 *   <li>{@code rtsp://USER:PASSWORD@HOST/PATH}, with {@code #transport=udp} by UDP; {@code http(s)}
 *       (MJPEG, HLS, a recording) and other streams that FFmpeg opens
 *   <li>{@code video:FILE[?realtime=true][&loop=true|&start=2026-01-31T09:00:00Z]}: a recording, as
 *       fast as it goes or as fast as it plays, once or again and again
 *   <li>{@code webcam:} or {@code webcam:/dev/video1}: a camera of this machine
 *   <li>{@code images:DIRECTORY?detect=true}: still photos
 * </ul>
 *
 * @param uri as it was given; holds the password, so {@link #toString} and messages mask it
 * @param kind what it is
 * @param target URL, file, device or directory
 * @param realtime whether a recording is read no faster than it plays
 * @param loop whether a recording starts anew at its end, for ever
 * @param udp whether RTSP packets come by UDP, not inside the TCP connection
 * @param start when a recording began, where its time is to count and not that of reading it
 */
public record VideoSpec(
    String uri,
    Kind kind,
    String target,
    boolean realtime,
    boolean loop,
    boolean udp,
    Optional<Instant> start)
    implements SourceSpec {
  /** What pictures come from. */
  public enum Kind {
    /** A stream on a network; it may break off and is opened again for ever. */
    STREAM,
    /** A camera of this machine; as a stream. */
    DEVICE,
    /** A recording; it has an end. */
    FILE,
    /** Photos that have nothing to do with one another; they have an end. */
    STILLS
  }

  static final Set<String> STREAMS =
      Set.of("rtsp", "rtsps", "http", "https", "rtmp", "rtmps", "srt", "udp", "rtp", "tcp");

  private static final String UDP = "#transport=udp";
  private static final String TCP = "#transport=tcp";

  static VideoSpec stream(String uri) {
    int hash = uri.indexOf('#');
    String fragment = hash < 0 ? TCP : uri.substring(hash).toLowerCase(Locale.ROOT);
    String url = hash < 0 ? uri : uri.substring(0, hash);
    int host = url.indexOf("://");
    if (host < 0 || host + 3 >= url.length()) {
      throw new IllegalArgumentException(
          "source '%s' names no host, write it like rtsp://camera.example/stream"
              .formatted(Secrets.mask(uri)));
    }
    if (url.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException(
          "source '%s' holds a space, which is written %%20, also in a password"
              .formatted(Secrets.mask(uri)));
    }
    boolean rtsp = url.toLowerCase(Locale.ROOT).startsWith("rtsp");
    if (!fragment.equals(TCP) && !(rtsp && fragment.equals(UDP))) {
      throw new IllegalArgumentException(
          "source '%s' ends with an unknown '%s'; rtsp:// takes #transport=udp or #transport=tcp, a"
                  .formatted(Secrets.mask(uri), Secrets.mask(fragment))
              + " # in a password is written %23");
    }
    return new VideoSpec(
        uri, Kind.STREAM, url, false, false, fragment.equals(UDP), Optional.empty());
  }

  static VideoSpec file(String uri, SourceOptions options) {
    VideoSpec once =
        new VideoSpec(
            uri,
            Kind.FILE,
            options.path("FILE").toString(),
            options.flag("realtime"),
            false,
            false,
            options.value("start").map(value -> time(value, options)));
    return options.flag("loop") ? once.looped() : once;
  }

  static VideoSpec device(String uri, String rest) {
    return new VideoSpec(
        uri,
        Kind.DEVICE,
        rest.isBlank() ? "/dev/video0" : rest,
        false,
        false,
        false,
        Optional.empty());
  }

  static VideoSpec stills(String uri, Path directory) {
    return new VideoSpec(
        uri, Kind.STILLS, directory.toString(), false, false, false, Optional.empty());
  }

  /** Returns whether it goes on for ever. */
  public boolean isLive() {
    return kind == Kind.STREAM || kind == Kind.DEVICE;
  }

  /** Returns this, read no faster than it plays if it is a recording. */
  public VideoSpec inRealTime() {
    return new VideoSpec(uri, kind, target, kind == Kind.FILE, loop, udp, start);
  }

  /**
   * Returns this, played again and again if it is a recording.
   *
   * @throws IllegalArgumentException if its times would go back
   */
  public VideoSpec looped() {
    if (start.isPresent()) {
      throw new IllegalArgumentException(
          "source '%s' has a start and loops: its times would go back, leave one of them out"
              .formatted(maskedUri()));
    }
    return new VideoSpec(uri, kind, target, realtime, kind == Kind.FILE, udp, start);
  }

  /** Returns the URI without its secrets. */
  public String maskedUri() {
    return Secrets.mask(uri);
  }

  @Override
  public String toString() {
    return maskedUri();
  }

  private static Instant time(String value, SourceOptions options) {
    try {
      return Instant.parse(value);
    } catch (DateTimeParseException e) {
      throw options.invalid("start", value, "a time like 2026-01-31T09:00:00Z");
    }
  }
}
