// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_PRFT;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_get_side_data;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVProducerReferenceTime;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * Decodes one video: packets go in, grayscale pictures come out. Used by one thread at a time; uses
 * no thread of its own, so that decoding is bounded by the threads that call it.
 */
public final class FrameDecoder implements AutoCloseable {
  /** Greatest picture that is decoded at all, in pixels: 8K with some room. */
  private static final long MAX_PIXELS = 8_192L * 8_192;

  private static final int MICROS = 1_000_000;

  private final AVCodecContext context;
  private final AVFrame frame = av_frame_alloc();
  private final GrayConverter converter = new GrayConverter();
  private final double microsPerTick;
  private final long microsPerFrame;
  private long pts = AV_NOPTS_VALUE;
  private long streamClockMinusPts = AV_NOPTS_VALUE;
  private long errors;
  private boolean closed;

  private FrameDecoder(AVCodecContext context, double microsPerTick, long microsPerFrame) {
    this.context = context;
    this.microsPerTick = microsPerTick;
    this.microsPerFrame = microsPerFrame;
  }

  static FrameDecoder open(AVStream stream) throws StreamException {
    AVCodec codec = avcodec_find_decoder(stream.codecpar().codec_id());
    AVCodecContext context = avcodec_alloc_context3(codec);
    AVDictionary options =
        Ffmpeg.dictionary(Map.of("threads", "1", "max_pixels", Long.toString(MAX_PIXELS)));
    int error = avcodec_parameters_to_context(context, stream.codecpar());
    if (error >= 0) {
      error = avcodec_open2(context, codec, options);
    }
    av_dict_free(options);
    if (error < 0) {
      avcodec_free_context(context);
      throw new StreamException("its video cannot be decoded: " + Ffmpeg.message(error));
    }
    double tick = (double) MICROS * stream.time_base().num() / stream.time_base().den();
    int num = stream.avg_frame_rate().num();
    int den = stream.avg_frame_rate().den();
    long microsPerFrame = num > 0 && den > 0 ? (long) MICROS * den / num : MICROS / 25;
    return new FrameDecoder(context, tick, Math.max(1, microsPerFrame));
  }

  /** Takes in a packet; afterwards {@link #next} tells of pictures. */
  public void send(Packet packet) {
    noteStreamClock(packet.packet());
    if (avcodec_send_packet(context, packet.packet()) < 0) {
      errors++;
    }
  }

  /** Says that no packet follows, so that the last pictures come out. */
  public void sendEnd() {
    avcodec_send_packet(context, null);
  }

  /** Goes to the next picture; returns false if that needs a further packet. */
  public boolean next() {
    int error = avcodec_receive_frame(context, frame);
    if (error < 0) {
      return false;
    }
    if (frame.decode_error_flags() != 0) {
      errors++;
    }
    long ticks = frame.best_effort_timestamp();
    if (ticks != AV_NOPTS_VALUE) {
      pts = Math.round(ticks * microsPerTick);
    } else {
      pts = pts == AV_NOPTS_VALUE ? 0 : pts + microsPerFrame;
    }
    return true;
  }

  /** Returns when the current picture is shown, in microseconds since a moment of the stream's. */
  public long pts() {
    return pts;
  }

  /**
   * Returns the time by the stream's clock at which the current picture was taken, in microseconds
   * since 1970, where the stream tells.
   */
  public OptionalLong streamClock() {
    return streamClockMinusPts == AV_NOPTS_VALUE
        ? OptionalLong.empty()
        : OptionalLong.of(streamClockMinusPts + pts);
  }

  /** Returns the usual time from a picture to the next, in microseconds. */
  public long microsPerFrame() {
    return microsPerFrame;
  }

  /** Returns the current picture's size, as {@link #gray} makes it. */
  public PictureSize size() {
    return PictureSize.of(frame.width(), frame.height());
  }

  /** Returns the current picture in gray, in {@link #size}; the next call overwrites it. */
  public ByteBuffer gray() throws StreamException {
    return converter.convert(frame, size());
  }

  /** Returns how many packets and pictures were damaged. */
  public long errors() {
    return errors;
  }

  /** Forgets what came before, for packets were left out. */
  public void reset() {
    avcodec_flush_buffers(context);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      converter.close();
      av_frame_free(frame);
      avcodec_free_context(context);
    }
  }

  /** RTP packets carry the sender's wall clock, once it has told it. */
  private void noteStreamClock(AVPacket packet) {
    if (packet.pts() == AV_NOPTS_VALUE) {
      return;
    }
    try (SizeTPointer size = new SizeTPointer(1)) {
      BytePointer data = av_packet_get_side_data(packet, AV_PKT_DATA_PRFT, size);
      if (data != null && !data.isNull()) {
        long wallclock = new AVProducerReferenceTime(data).wallclock();
        streamClockMinusPts = wallclock - Math.round(packet.pts() * microsPerTick);
      }
    }
  }
}
