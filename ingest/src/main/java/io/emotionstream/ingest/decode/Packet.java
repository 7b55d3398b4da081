// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.decode;

import java.time.Instant;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;

/** One compressed picture; holds native memory until it is closed. */
public final class Packet implements AutoCloseable {
  private final AVPacket packet;
  private final Instant arrivedAt;

  Packet(AVPacket packet, Instant arrivedAt) {
    this.packet = packet;
    this.arrivedAt = arrivedAt;
  }

  AVPacket packet() {
    return packet;
  }

  /** Returns when it was read. */
  public Instant arrivedAt() {
    return arrivedAt;
  }

  /** Returns the bytes it holds. */
  public int size() {
    return packet.size();
  }

  /** Returns whether decoding can start here. */
  public boolean isKey() {
    return (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
  }

  @Override
  public void close() {
    avcodec.av_packet_free(packet);
  }
}
