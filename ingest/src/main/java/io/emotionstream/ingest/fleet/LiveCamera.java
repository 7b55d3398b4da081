// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import io.emotionstream.ingest.decode.FrameDecoder;
import io.emotionstream.ingest.decode.Interrupt;
import io.emotionstream.ingest.decode.Packet;
import io.emotionstream.ingest.decode.StreamException;
import io.emotionstream.ingest.decode.StreamInput;
import io.emotionstream.ingest.decode.StreamRequest;
import io.emotionstream.ingest.health.CameraState;
import io.emotionstream.ingest.health.CameraStats;
import io.emotionstream.ingest.health.DropReason;
import io.emotionstream.ingest.source.Secrets;
import io.emotionstream.ingest.source.VideoSpec;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream or a device, opened again and again until it is told to stop. One thread waits for its
 * packets; turns of the pool decode them. Where the latest picture wins, one for which a newer is
 * there already is decoded but not searched.
 *
 * <p>A stream that has an end, such as a recording on a web server, is read no faster than it is
 * decoded, every picture counts, and its end is the camera's.
 */
final class LiveCamera implements FleetCamera {
  private static final Logger LOG = LoggerFactory.getLogger(LiveCamera.class);

  /** A connection that lasted this long was well, so the next attempt comes soon. */
  private static final long WELL_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Packets without a picture for this long are no video. */
  private static final long BLIND_NANOS = TimeUnit.SECONDS.toNanos(15);

  private static final long STACK_BYTES = 256 << 10;

  private final CameraSpec spec;
  private final FrameHandler frames;
  private final CameraStats stats;
  private final Surroundings around;
  private final SerialTask task;
  private final Thread reader;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile @Nullable Interrupt interrupt;
  private volatile @Nullable Session session;
  private volatile boolean endOnStop;

  LiveCamera(CameraSpec spec, FrameHandler frames, CameraStats stats, Surroundings around) {
    this.spec = spec;
    this.frames = frames;
    this.stats = stats;
    this.around = around;
    this.task = new SerialTask(around.pool(), "camera " + spec.id(), this::turn);
    this.reader = new Thread(null, this::run, "read " + spec.id(), STACK_BYTES);
    reader.setDaemon(true);
  }

  @Override
  public CameraSpec spec() {
    return spec;
  }

  @Override
  public CameraStats stats() {
    return stats;
  }

  @Override
  public FrameHandler frames() {
    return frames;
  }

  @Override
  public void start() {
    reader.start();
  }

  @Override
  public void stop(boolean ended) {
    endOnStop = ended;
    stopped.countDown();
    Interrupt current = interrupt;
    if (current != null) {
      current.cancel();
    }
  }

  @Override
  public void leave() {
    frames.leave(endOnStop);
  }

  @Override
  public boolean awaitDone(long nanos) throws InterruptedException {
    return done.await(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public boolean isDone() {
    return done.getCount() == 0;
  }

  /** Opens, reads, waits, and so on; the reader thread. */
  private void run() {
    Backoff backoff = new Backoff(around.random());
    try {
      boolean first = true;
      boolean ended = false;
      while (!isStopped() && !ended) {
        if (!first) {
          stats.reconnect();
        }
        first = false;
        long openedAt = System.nanoTime();
        ended = connect();
        if (System.nanoTime() - openedAt > WELL_NANOS && stats.state() == CameraState.RUNNING) {
          backoff.reset();
        }
        if (!isStopped() && !ended) {
          stats.state(CameraState.WAITING);
          stopped.await(backoff.next().toNanos(), TimeUnit.NANOSECONDS);
        }
      }
      if (ended || endOnStop) {
        frames.end();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stats.state(CameraState.ENDED);
      done.countDown();
    }
  }

  /** Reads one connection to its end; returns whether the stream is over for good. */
  private boolean connect() throws InterruptedException {
    stats.state(CameraState.CONNECTING);
    try (Interrupt mine = new Interrupt()) {
      interrupt = mine;
      if (isStopped()) {
        return false;
      }
      try (StreamInput input = StreamInput.open(request(spec.source()), mine, around.clock())) {
        return read(input);
      } catch (StreamException e) {
        Session current = session;
        report(
            current != null && current.problem != null
                ? current.problem
                : String.valueOf(e.getMessage()));
        return false;
      } finally {
        session = null;
      }
    }
  }

  /** Returns whether the stream came to an end that was to be expected. */
  private boolean read(StreamInput input) throws StreamException, InterruptedException {
    Session mySession = new Session(input, input.duration().isPresent());
    session = mySession;
    frames.connected();
    stats.video(input.description());
    stats.state(CameraState.RUNNING);
    LOG.info("camera {}: shows {}", spec.id(), input.description());
    try {
      long blindSince = System.nanoTime();
      long seen = stats.pictures();
      while (true) {
        Optional<Packet> packet = input.read();
        if (packet.isEmpty()) {
          if (!mySession.finite) {
            throw new StreamException("ended the stream");
          }
          return true;
        }
        if (mySession.finite) {
          mySession.awaitRoom();
        }
        int dropped = mySession.packets.offer(packet.get());
        if (dropped > 0) {
          stats.dropped(DropReason.DECODER_BUSY, dropped);
        }
        task.wake();
        if (stats.pictures() != seen || !mySession.packets.isEmpty()) {
          seen = stats.pictures();
          blindSince = System.nanoTime();
        } else if (System.nanoTime() - blindSince > BLIND_NANOS) {
          throw new StreamException("sends packets that make no picture");
        }
      }
    } finally {
      mySession.ending = true;
      task.wake();
      mySession.closed.await();
    }
  }

  private void report(String problem) {
    if (!isStopped()) {
      // The first of a kind, for a camera that is away is tried for days.
      if (!Secrets.mask(problem).equals(stats.lastError())) {
        LOG.warn("camera {}: {} {}", spec.id(), spec.source().maskedUri(), Secrets.mask(problem));
      }
      stats.error(problem);
    }
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /** Decodes what has come; a turn of the pool. */
  private long turn() {
    Session current = session;
    if (current == null || current.closed.getCount() == 0) {
      return SerialTask.SLEEP;
    }
    boolean ending = current.ending; // if so, all packets are in the queue
    try {
      if (current.problem == null && current.decode() && !isStopped()) {
        return 0;
      }
      if (ending && current.finite && current.problem == null) {
        current.decodeRest();
      }
    } catch (StreamException | RuntimeException | LinkageError | OutOfMemoryError e) {
      current.fail(e);
    }
    if (ending) {
      current.close();
    }
    return SerialTask.SLEEP;
  }

  private static StreamRequest request(VideoSpec source) {
    return source.kind() == VideoSpec.Kind.DEVICE
        ? StreamRequest.device(source.target())
        : StreamRequest.network(source.target(), source.udp());
  }

  /** One connection, between the thread that reads it and the turns that decode it. */
  private final class Session {
    final boolean finite;
    private final boolean givesWay;
    final PacketQueue packets = new PacketQueue(PacketQueue.CAPACITY);
    final CountDownLatch closed = new CountDownLatch(1);
    private final FrameDecoder decoder;
    private final PictureStep step;
    volatile boolean ending;
    volatile @Nullable String problem;

    Session(StreamInput input, boolean finite) throws StreamException {
      this.finite = finite;
      this.givesWay = !finite && spec.dropPolicy() == DropPolicy.LATEST_WINS;
      this.decoder = input.newDecoder();
      try {
        this.step = new PictureStep(spec, decoder, frames, stats, around, !finite);
      } catch (RuntimeException | LinkageError e) {
        decoder.close();
        throw new StreamException("faces cannot be looked for: " + e);
      }
    }

    /** Decodes for a while; returns whether more is waiting. */
    boolean decode() throws StreamException {
      long end = System.nanoTime() + PictureStep.TURN_NANOS;
      while (System.nanoTime() - end < 0) {
        Packet packet = packets.poll(step::gap);
        if (packet == null) {
          return false;
        }
        try (packet) {
          decoder.send(packet);
          while (decoder.next()) {
            step.advance();
            step.show(packet.arrivedAt(), givesWay && !packets.isEmpty());
          }
        }
      }
      return true;
    }

    /** A decoder may hold back pictures until it knows that nothing follows. */
    void decodeRest() throws StreamException {
      decoder.sendEnd();
      while (decoder.next()) {
        step.advance();
        step.show(around.clock().instant(), false);
      }
    }

    void fail(Throwable e) {
      problem = e instanceof StreamException ? e.getMessage() : "cannot be searched: " + e;
      Interrupt current = interrupt;
      if (current != null) {
        current.cancel(); // the reader learns of it at once
      }
      packets.close();
    }

    void awaitRoom() throws InterruptedException {
      while (!packets.hasRoom() && problem == null && !isStopped()) {
        task.wake();
        stopped.await(10, TimeUnit.MILLISECONDS);
      }
    }

    void close() {
      packets.close();
      step.close();
      decoder.close();
      closed.countDown();
    }
  }
}
