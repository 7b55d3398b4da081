// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_ANSI;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_BINTEXT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_IDF;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_XBIN;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * The video of one open stream or file, packet by packet. Used by one thread; its {@link Interrupt}
 * may be cancelled by any. Its decoder may be used by another thread, and after this was closed.
 */
public final class StreamInput implements AutoCloseable {
  private static final long MICROS = 1_000_000;

  /** Longest wait for the next piece of a play list: they are 2 to 10 s long. */
  private static final Duration PIECE_TIMEOUT = Duration.ofSeconds(30);

  /** Longest sleep before it is looked again whether to stop. */
  private static final long LOOK_NANOS = 50_000_000;

  /** What FFmpeg draws of text files. */
  private static final Set<Integer> TEXT =
      Set.of(AV_CODEC_ID_ANSI, AV_CODEC_ID_BINTEXT, AV_CODEC_ID_XBIN, AV_CODEC_ID_IDF);

  private final AVFormatContext context;
  private final Interrupt interrupt;
  private final StreamRequest request;
  private final InstantSource clock;
  private final int stream;
  private final @Nullable Pace pace;
  private boolean closed;

  private StreamInput(
      AVFormatContext context,
      Interrupt interrupt,
      StreamRequest request,
      InstantSource clock,
      int stream) {
    this.context = context;
    this.interrupt = interrupt;
    this.request = request;
    this.clock = clock;
    this.stream = stream;
    this.pace = isInPieces() && duration().isEmpty() ? new Pace() : null;
  }

  /**
   * Opens the stream and finds out what its video is.
   *
   * @param clock tells when packets arrive
   * @throws StreamException if it does not answer in time, or holds no video
   */
  public static StreamInput open(StreamRequest request, Interrupt interrupt, InstantSource clock)
      throws StreamException {
    Ffmpeg.load();
    if (request.format().isPresent()) {
      Devices.check(request);
      Ffmpeg.loadDevices();
    }
    AVFormatContext context = avformat_alloc_context();
    interrupt.installOn(context);
    connect(context, request, interrupt);
    try {
      int stream = findVideo(context, request, interrupt);
      return new StreamInput(context, interrupt, request, clock, stream);
    } catch (StreamException | RuntimeException e) {
      avformat_close_input(context);
      throw e;
    }
  }

  /** Frees the context where it fails. */
  private static void connect(AVFormatContext context, StreamRequest request, Interrupt interrupt)
      throws StreamException {
    @Nullable AVInputFormat format = null;
    if (request.format().isPresent()) {
      format = av_find_input_format(request.format().get());
      if (format == null) {
        avformat_close_input(context);
        throw new StreamException(
            "this FFmpeg cannot read devices of kind " + request.format().get());
      }
    }
    AVDictionary options = Ffmpeg.dictionary(request.options());
    interrupt.allow(request.connectTimeout());
    int error = avformat_open_input(context, request.address(), format, options);
    av_dict_free(options);
    if (error < 0) {
      StreamException failure =
          failure("cannot be opened", error, request.connectTimeout(), interrupt);
      boolean silent = interrupt.isDue() && request.format().isEmpty();
      throw new StreamException(failure.getMessage() + (silent ? "" : hint(request, error)));
    }
  }

  /** Says what FFmpeg's words for a network do not: an unknown host is to it a failing disk. */
  private static String hint(StreamRequest request, int error) {
    if (request.isFile() || request.format().isPresent()) {
      return Devices.hint(request);
    }
    if (error == Ffmpeg.IO_ERROR) {
      return "; is its host name known here, and does it speak this protocol?";
    }
    return error == AVERROR_INVALIDDATA
        ? "; what answers there is no video: is the path right?"
        : "";
  }

  private static int findVideo(AVFormatContext context, StreamRequest request, Interrupt interrupt)
      throws StreamException {
    interrupt.allow(request.probeTimeout());
    int error = avformat_find_stream_info(context, (PointerPointer<?>) null);
    if (error < 0) {
      throw failure("tells nothing of its streams", error, request.probeTimeout(), interrupt);
    }
    int stream = av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
    if (stream < 0) {
      throw new StreamException(
          context.nb_streams() == 0
              ? "holds no stream at all: it is empty or damaged"
              : "holds no video that can be decoded, only %d other streams, such as sound"
                  .formatted(context.nb_streams()));
    }
    if (TEXT.contains(context.streams(stream).codecpar().codec_id())) {
      throw new StreamException("is text, not video");
    }
    // A stream that was joined far from a key frame tells its size later: its decoder learns it.
    if (request.isFile() && context.streams(stream).codecpar().width() <= 0) {
      throw new StreamException("shows no picture: its video is damaged");
    }
    return stream;
  }

  /**
   * Returns the next packet of the video, or nothing at the end.
   *
   * @throws StreamException if the stream broke, fell silent or was interrupted
   */
  public Optional<Packet> read() throws StreamException {
    AVPacket packet = av_packet_alloc();
    Duration timeout = pace == null ? request.readTimeout() : PIECE_TIMEOUT;
    interrupt.allow(timeout);
    int error = av_read_frame(context, packet);
    while (error >= 0 && packet.stream_index() != stream) {
      av_packet_unref(packet);
      error = av_read_frame(context, packet); // in the same time: sound alone is no sign of life
    }
    if (error >= 0) {
      awaitTurn(packet);
      return Optional.of(new Packet(packet, clock.instant()));
    }
    av_packet_free(packet);
    if (error == AVERROR_EOF) {
      return Optional.empty();
    }
    throw failure("broke off", error, timeout, interrupt);
  }

  /** Waits until a packet is due, where packets come in pieces of several seconds. */
  private void awaitTurn(AVPacket packet) {
    long ticks = packet.dts() == AV_NOPTS_VALUE ? packet.pts() : packet.dts();
    if (pace == null || ticks == AV_NOPTS_VALUE) {
      return;
    }
    double tick = (double) MICROS * timeBase().num() / timeBase().den();
    long due = pace.due(Math.round(ticks * tick), System.nanoTime());
    while (due - System.nanoTime() > 0 && !interrupt.isCancelled()) {
      LockSupport.parkNanos(Math.min(LOOK_NANOS, due - System.nanoTime()));
    }
  }

  private AVRational timeBase() {
    return context.streams(stream).time_base();
  }

  /** Whether it is a play list of files, such as HLS: each comes as fast as the network is. */
  private boolean isInPieces() {
    String format = context.iformat().name().getString();
    return format.contains("hls") || format.contains("dash");
  }

  /** Returns a decoder of the video; the caller closes it. */
  public FrameDecoder newDecoder() throws StreamException {
    return FrameDecoder.open(context.streams(stream));
  }

  /** Returns how long the whole of it takes, where it has an end that is known. */
  public Optional<Duration> duration() {
    long duration = context.duration();
    return duration == AV_NOPTS_VALUE || duration <= 0
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(duration * (1_000_000_000 / MICROS)));
  }

  /** Returns what it is, such as {@code h264 640x480, rtsp}. */
  public String description() {
    AVCodecParameters parameters = context.streams(stream).codecpar();
    String size =
        parameters.width() <= 0
            ? "of a size not told yet"
            : parameters.width() + "x" + parameters.height();
    return "%s %s, %s"
        .formatted(
            avcodec_get_name(parameters.codec_id()).getString(),
            size,
            context.iformat().name().getString());
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      interrupt.allow(request.connectTimeout()); // RTSP says goodbye
      avformat_close_input(context);
      interrupt.allowAny();
    }
  }

  private static StreamException failure(
      String what, int error, Duration limit, Interrupt interrupt) {
    if (error == AVERROR_EXIT || interrupt.isDue()) { // RTSP calls silence invalid data
      return new StreamException(
          interrupt.isCancelled()
              ? "was stopped"
              : "%s: no answer within %s s".formatted(what, limit.toMillis() / 1000.0));
    }
    return new StreamException(what + ": " + Ffmpeg.message(error));
  }
}
