// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.live;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everybody who watches live. Each tick every stream that has read what it was given is told what
 * is new to it; one that is still reading is left alone and told all of it later, in one message.
 * So a stream holds one message at most, however slow it is.
 *
 * <p>Who has not read its message after {@link #PATIENCE} is dropped, and the slowest are dropped
 * before all waiting messages together exceed {@link #MAX_WAITING_BYTES}. Safe for use by several
 * threads.
 */
final class LiveStreams {
  static final int DEFAULT_MAX_STREAMS = 500;
  static final Duration PATIENCE = Duration.ofSeconds(15);
  static final Duration QUIET = Duration.ofSeconds(15);
  static final long MAX_WAITING_BYTES = 64L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(LiveStreams.class);

  private final LiveState state;
  private final int maxStreams;
  private final LongSupplier nanoTime;
  private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();
  private long dropped;

  /** {@code nanoTime}: a clock as {@link System#nanoTime()}. */
  LiveStreams(LiveState state, int maxStreams, LongSupplier nanoTime) {
    this.state = state;
    this.maxStreams = maxStreams;
    this.nanoTime = nanoTime;
  }

  /**
   * Begins a stream with what it has not seen.
   *
   * @param lastVersion the last version that it saw when it broke off, if it did
   * @return whether there is room for one more
   */
  synchronized boolean add(Selection selection, OptionalLong lastVersion, Subscriber subscriber) {
    if (streams.size() >= maxStreams) {
      return false;
    }
    LiveStream stream = new LiveStream(selection, subscriber, nanoTime, streams::remove);
    streams.add(stream);
    stream.begin(new Messages(state.view()), lastVersion);
    return true;
  }

  /** Tells every stream what is new in {@code view}, and drops those that do not read. */
  synchronized void tell(LiveView view) {
    Messages messages = new Messages(view);
    for (LiveStream stream : streams) {
      stream.tell(messages);
      if (stream.waiting().compareTo(PATIENCE) > 0) {
        drop(stream);
      }
    }
    dropSlowest();
  }

  int size() {
    return streams.size();
  }

  /** Returns how many streams were dropped because they did not read. */
  synchronized long dropped() {
    return dropped;
  }

  synchronized void endAll() {
    streams.forEach(LiveStream::end);
  }

  private void dropSlowest() {
    long waiting = streams.stream().mapToLong(LiveStream::waitingBytes).sum();
    if (waiting > MAX_WAITING_BYTES) {
      List<LiveStream> slowestFirst =
          streams.stream().sorted(Comparator.comparing(LiveStream::waiting).reversed()).toList();
      for (LiveStream stream : slowestFirst) {
        if (waiting > MAX_WAITING_BYTES) {
          waiting -= stream.waitingBytes();
          drop(stream);
        }
      }
    }
  }

  private void drop(LiveStream stream) {
    if (dropped == 0) {
      LOG.info("a live stream was dropped: it did not read for {}", stream.waiting());
    }
    dropped++;
    stream.end();
  }
}
