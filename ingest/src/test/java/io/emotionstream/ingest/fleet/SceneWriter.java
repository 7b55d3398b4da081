// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_FLV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MPEG4;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_GLOBALHEADER;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_NOFILE;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_sdp_create;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open2;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/** Encodes a {@link Scene} into a file, as RTP packets, or as another stream. */
public final class SceneWriter implements AutoCloseable {
  static final int PICTURES_PER_SECOND = 25;

  private final AVFormatContext output = new AVFormatContext(null);
  private final AVCodecContext encoder;
  private final AVStream stream;
  private final AVFrame frame = av_frame_alloc();
  private final AVPacket packet = av_packet_alloc();
  private final int width;
  private final int height;
  private long number;

  private SceneWriter(String format, String address, int width, int height, Optional<Instant> start)
      throws IOException {
    this(format, address, width, height, start, Map.of());
  }

  private SceneWriter(
      String format,
      String address,
      int width,
      int height,
      Optional<Instant> start,
      Map<String, String> options)
      throws IOException {
    this.width = width;
    this.height = height;
    check(avformat_alloc_output_context2(output, null, format, address));
    AVCodec codec =
        avcodec_find_encoder(format.equals("flv") ? AV_CODEC_ID_FLV1 : AV_CODEC_ID_MPEG4);
    encoder = avcodec_alloc_context3(codec);
    encoder.width(width);
    encoder.height(height);
    encoder.pix_fmt(AV_PIX_FMT_YUV420P);
    encoder.time_base(av_make_q(1, PICTURES_PER_SECOND));
    encoder.framerate(av_make_q(PICTURES_PER_SECOND, 1));
    encoder.gop_size(5);
    encoder.max_b_frames(0);
    encoder.bit_rate(1_000_000);
    boolean asked = (output.oformat().flags() & AVFMT_GLOBALHEADER) != 0;
    if (format.equals("rtp")
        || (asked && !format.equals("hls"))) { // its pieces have no place for one
      encoder.flags(encoder.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    }
    check(avcodec_open2(encoder, codec, (AVDictionary) null));
    stream = avformat_new_stream(output, codec);
    stream.time_base(encoder.time_base());
    check(avcodec_parameters_from_context(stream.codecpar(), encoder));
    AVDictionary left = new AVDictionary(null);
    options.forEach((name, value) -> av_dict_set(left, name, value, 0));
    if ((output.oformat().flags() & AVFMT_NOFILE) == 0) {
      AVIOContext io = new AVIOContext(null);
      check(avio_open2(io, address, AVIO_FLAG_WRITE, null, left));
      output.pb(io);
    }
    start.ifPresent(
        time -> output.start_time_realtime(ChronoUnit.MICROS.between(Instant.EPOCH, time)));
    check(avformat_write_header(output, left));
    av_dict_free(left);
    frame.width(width);
    frame.height(height);
    frame.format(AV_PIX_FMT_YUV420P);
    check(av_frame_get_buffer(frame, 0));
  }

  /** Writes an MP4 file of so many pictures. */
  public static void write(Path file, Scene scene, int pictures) throws IOException {
    try (SceneWriter writer =
        new SceneWriter("mp4", file.toString(), Scene.WIDTH, Scene.HEIGHT, Optional.empty())) {
      for (int i = 0; i < pictures; i++) {
        writer.show(scene.draw(i));
      }
    }
  }

  /** Writes an MP4 file of so many gray pictures of any size. */
  static void writePlain(Path file, int width, int height, int pictures) throws IOException {
    try (SceneWriter writer =
        new SceneWriter("mp4", file.toString(), width, height, Optional.empty())) {
      byte[] gray = new byte[width * height];
      for (int i = 0; i < pictures; i++) {
        gray[i] = (byte) 200;
        writer.show(gray);
      }
    }
  }

  /**
   * Sends RTP to a port of this machine, and RTCP to the next.
   *
   * @param start what the sender says the time is at the first picture
   */
  static SceneWriter rtp(int port, Instant start) throws IOException {
    return new SceneWriter(
        "rtp", "rtp://127.0.0.1:" + port, Scene.WIDTH, Scene.HEIGHT, Optional.of(start));
  }

  /**
   * Writes a play list and its pieces of two seconds each into a directory; the last five stay.
   *
   * @param list the play list, complete once this is closed
   */
  static SceneWriter hls(Path list) throws IOException {
    Map<String, String> options =
        Map.of("hls_time", "2", "hls_list_size", "5", "hls_flags", "delete_segments");
    return new SceneWriter(
        "hls", list.toString(), Scene.WIDTH, Scene.HEIGHT, Optional.empty(), options);
  }

  /**
   * Waits until somebody connects, then sends to it.
   *
   * @param format such as mpegts
   */
  static SceneWriter serving(String format, String address, Map<String, String> options)
      throws IOException {
    return new SceneWriter(format, address, Scene.WIDTH, Scene.HEIGHT, Optional.empty(), options);
  }

  /** Adds the pictures of a scene, as fast as they play, until this thread is interrupted. */
  void play(Scene scene) throws IOException {
    long start = System.nanoTime();
    for (long i = 0; !Thread.currentThread().isInterrupted(); i++) {
      long due = start + i * 1_000_000_000L / PICTURES_PER_SECOND;
      LockSupport.parkNanos(due - System.nanoTime()); // it is a camera's own pace
      show(scene.draw(i));
    }
  }

  /** Returns the description that an RTSP server gives of the RTP stream. */
  String sdp() throws IOException {
    byte[] text = new byte[4096];
    try (PointerPointer<AVFormatContext> contexts = new PointerPointer<>(1);
        BytePointer buffer = new BytePointer(text.length)) {
      contexts.put(0, output);
      check(av_sdp_create(contexts, 1, buffer, text.length));
      return buffer.getString(StandardCharsets.UTF_8);
    }
  }

  /** Adds a picture. */
  void show(byte[] gray) throws IOException {
    check(av_frame_make_writable(frame));
    BytePointer luma = frame.data(0);
    for (int y = 0; y < height; y++) {
      luma.position((long) y * frame.linesize(0)).put(gray, y * width, width);
    }
    luma.position(0);
    for (int plane = 1; plane < 3; plane++) {
      byte[] neutral = new byte[frame.linesize(plane) * (height / 2)];
      Arrays.fill(neutral, (byte) 128);
      frame.data(plane).put(neutral, 0, neutral.length);
    }
    frame.pts(number++);
    check(avcodec_send_frame(encoder, frame));
    drain();
  }

  private void drain() throws IOException {
    while (avcodec_receive_packet(encoder, packet) >= 0) {
      packet.duration(1); // else the last picture lies beyond the end of the file
      av_packet_rescale_ts(packet, encoder.time_base(), stream.time_base());
      packet.stream_index(0);
      check(av_interleaved_write_frame(output, packet));
    }
  }

  @Override
  public void close() throws IOException {
    avcodec_send_frame(encoder, null);
    drain();
    av_write_trailer(output);
    if ((output.oformat().flags() & AVFMT_NOFILE) == 0) {
      avio_closep(output.pb());
    }
    avformat_free_context(output);
    av_frame_free(frame);
    av_packet_free(packet);
    avcodec_free_context(encoder);
  }

  private static void check(int result) throws IOException {
    if (result < 0) {
      throw new IOException("FFmpeg answered " + result);
    }
  }
}
