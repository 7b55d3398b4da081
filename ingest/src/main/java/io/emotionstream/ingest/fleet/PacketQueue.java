// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import io.emotionstream.ingest.decode.Packet;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Packets of a live camera between the thread that waits for them and the turns that decode them,
 * bounded in bytes. When they come faster than they are decoded all that wait are thrown away, and
 * those that follow up to the next key frame, for nothing in between can be decoded. Safe for use
 * by several threads.
 */
final class PacketQueue {
  /** Several seconds of a usual camera, under a second of the most detailed one. */
  static final long CAPACITY = 8L << 20;

  private final long capacity;
  private final ArrayDeque<Packet> packets = new ArrayDeque<>();
  private long bytes;
  private boolean gap;
  private boolean closed;

  PacketQueue(long capacity) {
    this.capacity = capacity;
  }

  /** Takes over {@code packet}; returns how many packets were thrown away. */
  synchronized int offer(Packet packet) {
    if (closed || (gap && packets.isEmpty() && !packet.isKey())) {
      packet.close();
      return closed ? 0 : 1;
    }
    if (bytes + packet.size() <= capacity || packets.isEmpty()) {
      packets.addLast(packet);
      bytes += packet.size();
      return 0;
    }
    int dropped = packets.size();
    clear();
    gap = true;
    return dropped + offer(packet);
  }

  /** Returns whether {@code size} more bytes fit. */
  synchronized boolean hasRoom() {
    return bytes < capacity / 2;
  }

  /**
   * Returns the next packet, which the caller closes, or null.
   *
   * @param onGap run first if packets before it were thrown away
   */
  @Nullable Packet poll(Runnable onGap) {
    Packet packet;
    boolean afterGap;
    synchronized (this) {
      packet = packets.pollFirst();
      if (packet == null) {
        return null;
      }
      bytes -= packet.size();
      afterGap = gap;
      gap = false;
    }
    if (afterGap) {
      onGap.run();
    }
    return packet;
  }

  synchronized boolean isEmpty() {
    return packets.isEmpty();
  }

  /** Frees what waits; what is offered from now on is freed at once. */
  synchronized void close() {
    closed = true;
    clear();
  }

  private void clear() {
    packets.forEach(Packet::close);
    packets.clear();
    bytes = 0;
  }
}
