// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.live;

import io.emotionstream.dashboard.live.Messages.Known;
import io.emotionstream.dashboard.live.Messages.Message;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.eclipse.jetty.util.Callback;

/** One who watches live. Holds one message at most. Safe for use by several threads. */
final class LiveStream {
  private final Selection selection;
  private final Subscriber subscriber;
  private final LongSupplier nanoTime;
  private final Consumer<LiveStream> gone;
  private Known known = new Known(0, List.of());
  private long writtenAt;
  private int waitingBytes;

  LiveStream(
      Selection selection,
      Subscriber subscriber,
      LongSupplier nanoTime,
      Consumer<LiveStream> gone) {
    this.selection = selection;
    this.subscriber = subscriber;
    this.nanoTime = nanoTime;
    this.gone = gone;
    this.writtenAt = nanoTime.getAsLong() - LiveStreams.QUIET.toNanos(); // so something is written
  }

  /**
   * Writes the first message: an update after {@code lastVersion} if it can be, else everything.
   */
  synchronized void begin(Messages messages, OptionalLong lastVersion) {
    Known resumed =
        lastVersion.isPresent() ? messages.resumed(selection, lastVersion.getAsLong()) : null;
    if (resumed == null) {
      writeIfAny(messages.snapshot(selection));
    } else {
      writeIfAny(messages.update(selection, resumed));
    }
  }

  /** Writes what is new, unless the last message is still on its way. */
  synchronized void tell(Messages messages) {
    if (waitingBytes == 0) {
      writeIfAny(messages.update(selection, known));
    }
  }

  /** Returns how long the message on its way has been so; zero if there is none. */
  synchronized Duration waiting() {
    return waitingBytes == 0 ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - writtenAt);
  }

  synchronized long waitingBytes() {
    return waitingBytes;
  }

  void end() {
    gone.accept(this);
    subscriber.end();
  }

  private void writeIfAny(Message message) {
    known = message.known(); // if there is nothing to tell, it knows all of that
    boolean isQuiet = nanoTime.getAsLong() - writtenAt >= LiveStreams.QUIET.toNanos();
    if (!message.isEmpty()) {
      write(message.bytes());
    } else if (isQuiet) {
      write(Messages.SIGN_OF_LIFE);
    }
  }

  private void write(byte[] bytes) {
    waitingBytes = bytes.length;
    writtenAt = nanoTime.getAsLong();
    subscriber.write(ByteBuffer.wrap(bytes), Callback.from(this::written, failure -> end()));
  }

  private synchronized void written() {
    waitingBytes = 0;
  }
}
