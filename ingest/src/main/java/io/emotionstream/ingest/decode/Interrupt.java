// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.decode;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.Pointer;

/**
 * Ends FFmpeg calls that wait too long, or are not wanted any more: FFmpeg asks at each turn of its
 * waiting loops, some ten times a second. Safe for use by several threads.
 *
 * <p>One native callback serves all inputs, for JavaCPP makes but a few of a class; which input
 * asks is told by a number in place of a pointer.
 */
public final class Interrupt implements AutoCloseable {
  private static final Map<Long, Interrupt> OPEN = new ConcurrentHashMap<>();
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final long number = NUMBERS.incrementAndGet();
  private volatile long deadline = Long.MAX_VALUE;
  private volatile boolean cancelled;

  public Interrupt() {
    OPEN.put(number, this);
  }

  /** Returns how many are not closed. */
  static int open() {
    return OPEN.size();
  }

  /** Ends every call from now on. */
  public void cancel() {
    cancelled = true;
  }

  public boolean isCancelled() {
    return cancelled;
  }

  /** Lets the calls that follow take this long, together. */
  void allow(Duration time) {
    deadline = System.nanoTime() + time.toNanos();
  }

  /** Takes the limit back. */
  void allowAny() {
    deadline = Long.MAX_VALUE;
  }

  void installOn(AVFormatContext context) {
    context.interrupt_callback().callback(Callback.INSTANCE).opaque(new Tag(number));
  }

  /** Forgets this; an input that still asks is ended. */
  @Override
  public void close() {
    cancel();
    OPEN.remove(number);
  }

  /** Whether calls are ended: it was cancelled, or what they were allowed is over. */
  boolean isDue() {
    return cancelled || (deadline != Long.MAX_VALUE && System.nanoTime() - deadline > 0);
  }

  /** A pointer that is a number: nothing lies there. */
  private static final class Tag extends Pointer {
    Tag(long number) {
      this.address = number;
    }
  }

  /** Called by FFmpeg, on the thread that called it. */
  private static final class Callback extends AVIOInterruptCB.Callback_Pointer {
    static final Callback INSTANCE = new Callback();

    @Override
    public int call(Pointer opaque) {
      Interrupt interrupt = OPEN.get(opaque.address());
      return interrupt == null || interrupt.isDue() ? 1 : 0;
    }
  }
}
