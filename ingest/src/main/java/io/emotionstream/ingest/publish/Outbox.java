// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.publish;

import io.emotionstream.schemas.FaceFrame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What cameras have shown and the broker has not taken yet, bounded in bytes: nobody who offers
 * waits.
 *
 * <p>What live cameras show is dropped, the oldest first, when more than the capacity waits. What
 * recordings show is never dropped: who reads them asks {@link #isBusy} first and comes back later.
 * One thread sends; it hands the producer only as much as can be under way, so that everything that
 * waits, waits here. The records of a camera keep their order. Safe for use by several threads.
 */
public final class Outbox implements AutoCloseable {
  /** Greatest number of bytes that wait, where nothing else is wanted. */
  public static final long DEFAULT_CAPACITY = 32L << 20;

  /** Greatest number of bytes handed to the producer and not answered yet. */
  private static final long MAX_UNDER_WAY = 4L << 20;

  /** Bytes of recordings that wait before their readers are to pause. */
  private static final long RECORDINGS = 1L << 20;

  /** Bytes of a record beside its pixels: a guess on the safe side. */
  private static final int OVERHEAD = 600;

  private final FramePublisher publisher;
  private final long capacity;
  private final ArrayDeque<Entry> live = new ArrayDeque<>();
  private final ArrayDeque<Entry> recorded = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread = new Thread(this::run, "outbox");
  private long liveBytes;
  private long recordedBytes;
  private long underWay;
  private boolean sending;
  private boolean closed;

  /** Something that waits; {@code dropped} is run if it was dropped, or lost by the broker. */
  private record Entry(SpecificRecord value, int bytes, boolean lossy, Runnable dropped) {}

  /**
   * @param capacity greatest number of bytes of live cameras that wait; positive
   */
  public Outbox(FramePublisher publisher, long capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException(
          "the buffer of what waits for the broker must hold at least 1 byte, was " + capacity);
    }
    this.publisher = publisher;
    this.capacity = capacity;
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Puts in what a live camera shows.
   *
   * @param dropped hears if it is dropped here, or lost by the broker
   */
  public void offerLive(SpecificRecord value, Runnable dropped) {
    lock.lock();
    try {
      Entry entry = new Entry(value, bytes(value), true, dropped);
      if (closed) {
        dropped.run();
        return;
      }
      live.addLast(entry);
      liveBytes += entry.bytes();
      while (liveBytes > capacity && !live.isEmpty()) {
        Entry oldest = live.removeFirst();
        liveBytes -= oldest.bytes();
        oldest.dropped().run();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Puts in what a recording shows; a send that fails is a failure of the whole run. */
  public void offerRecorded(SpecificRecord value) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      Entry entry = new Entry(value, bytes(value), false, () -> {});
      recorded.addLast(entry);
      recordedBytes += entry.bytes();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether readers of recordings are to pause. */
  public boolean isBusy() {
    lock.lock();
    try {
      return recordedBytes > RECORDINGS;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the bytes that wait. */
  public long waitingBytes() {
    lock.lock();
    try {
      return liveBytes + recordedBytes;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until everything was handed to the producer; returns false if that took too long. */
  public boolean drain(Duration timeout) throws InterruptedException {
    long left = timeout.toNanos();
    lock.lock();
    try {
      while (sending || !live.isEmpty() || !recorded.isEmpty()) {
        if (left <= 0 || closed) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Stops sending; drops what waits. Idempotent. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      live.forEach(entry -> entry.dropped().run());
      live.clear();
      recorded.clear();
      liveBytes = 0;
      recordedBytes = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      for (Entry entry = take(); entry != null; entry = take()) {
        send(entry);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /** Waits for something to send, and for the producer to have room for it. */
  private @Nullable Entry take() throws InterruptedException {
    lock.lock();
    try {
      sending = false;
      changed.signalAll();
      while (!closed && (underWay >= MAX_UNDER_WAY || (live.isEmpty() && recorded.isEmpty()))) {
        changed.await();
      }
      if (closed) {
        return null;
      }
      sending = true;
      Entry entry;
      if (live.isEmpty()) {
        entry = recorded.removeFirst();
        recordedBytes -= entry.bytes();
      } else {
        entry = live.removeFirst();
        liveBytes -= entry.bytes();
      }
      underWay += entry.bytes();
      return entry;
    } finally {
      lock.unlock();
    }
  }

  private void send(Entry entry) {
    try {
      if (entry.lossy()) {
        publisher.publishLossy(entry.value(), stored -> answered(entry, stored));
      } else {
        publisher.publishAll(entry.value(), stored -> answered(entry, stored));
      }
    } catch (PublishException e) {
      answered(entry, false); // the publisher has told of it
    }
  }

  private void answered(Entry entry, boolean stored) {
    lock.lock();
    try {
      underWay -= entry.bytes();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (!stored) {
      entry.dropped().run();
    }
  }

  private static int bytes(SpecificRecord value) {
    return value instanceof FaceFrame frame
        ? frame.getImage().getData().remaining() + OVERHEAD
        : OVERHEAD;
  }
}
