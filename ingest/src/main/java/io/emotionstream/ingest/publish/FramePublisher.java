// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.publish;

import io.emotionstream.schemas.CameraHeartbeat;
import io.emotionstream.schemas.FaceFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends frames and heartbeats to the frames topic and counts what became of them. Safe for use by
 * several threads; the records of one thread keep their order.
 *
 * <p>Every send that fails for good is counted and reported to the failure listener: after that the
 * order on the topic has a gap, so nothing more should be sent.
 */
public final class FramePublisher {
  private static final Logger LOG = LoggerFactory.getLogger(FramePublisher.class);
  private static final String REMEDY =
      "check that the broker runs and that './emotion topics create' made the topic";

  private final Producer<String, SpecificRecord> producer;
  private final String topic;
  private final Consumer<Throwable> onFailure;
  private final AtomicLong published = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong heartbeats = new AtomicLong();
  private final AtomicBoolean losing = new AtomicBoolean();

  /**
   * @param onFailure hears of each failed send, on any thread; it must not block
   */
  public FramePublisher(
      Producer<String, SpecificRecord> producer, String topic, Consumer<Throwable> onFailure) {
    this.producer = producer;
    this.topic = topic;
    this.onFailure = onFailure;
  }

  /** Sends a frame; blocks while the producer's buffer is full. */
  void publish(FaceFrame frame) {
    published.incrementAndGet();
    send(frame.getCameraId(), frame.getCapturedAt(), frame, acknowledged, stored -> {});
  }

  /** Sends a heartbeat; blocks while the producer's buffer is full. */
  void publish(CameraHeartbeat heartbeat) {
    send(heartbeat.getCameraId(), heartbeat.getObservedAt(), heartbeat, heartbeats, stored -> {});
  }

  /**
   * Sends a frame or a heartbeat of a camera that goes on whatever happens: a send that fails is
   * counted as lost, and reported to {@code whenDone} alone; but for one that the broker refuses
   * because of who sends it, which the failure listener hears of.
   *
   * @param whenDone hears, on any thread, whether the broker has stored it
   */
  void publishLossy(SpecificRecord value, Consumer<Boolean> whenDone) {
    if (value instanceof FaceFrame frame) {
      published.incrementAndGet();
      sendLossy(frame.getCameraId(), frame.getCapturedAt(), frame, acknowledged, whenDone);
    } else {
      CameraHeartbeat beat = (CameraHeartbeat) value;
      sendLossy(beat.getCameraId(), beat.getObservedAt(), beat, heartbeats, whenDone);
    }
  }

  /**
   * Sends a frame or a heartbeat of a camera that must not lose any.
   *
   * @param whenDone hears, on any thread, whether the broker has stored it; if not, the failure
   *     listener has heard of it
   */
  void publishAll(SpecificRecord value, Consumer<Boolean> whenDone) {
    if (value instanceof FaceFrame frame) {
      published.incrementAndGet();
      send(frame.getCameraId(), frame.getCapturedAt(), frame, acknowledged, whenDone);
    } else {
      CameraHeartbeat beat = (CameraHeartbeat) value;
      send(beat.getCameraId(), beat.getObservedAt(), beat, heartbeats, whenDone);
    }
  }

  /** Returns once everything that was sent is acknowledged or has failed. */
  public void flush() {
    producer.flush();
  }

  /** Waits at most {@code timeout} for what is under way, then lets go of the producer. */
  public void close(Duration timeout) {
    producer.close(timeout);
  }

  /** Frames handed to the producer: acknowledged, failed, lost or under way. */
  public long published() {
    return published.get();
  }

  /** Frames that the broker has stored. */
  public long acknowledged() {
    return acknowledged.get();
  }

  /** Frames and heartbeats that could not be stored. */
  public long failed() {
    return failed.get();
  }

  /** Frames of live cameras that the broker did not store; not among the failed. */
  public long lost() {
    return lost.get();
  }

  /** Heartbeats that the broker has stored. */
  public long heartbeats() {
    return heartbeats.get();
  }

  private void send(
      String camera,
      Instant time,
      SpecificRecord value,
      AtomicLong stored,
      Consumer<Boolean> whenDone) {
    try {
      producer.send(message(camera, time, value), (m, e) -> sent(camera, e, stored, whenDone));
    } catch (InterruptException e) {
      throw fail(camera, "interrupted while the producer's buffer was full", e);
    } catch (KafkaException | IllegalStateException e) { // the latter from a closed producer
      throw fail(camera, String.valueOf(e.getMessage()), e);
    }
  }

  private void sendLossy(
      String camera,
      Instant time,
      SpecificRecord value,
      AtomicLong stored,
      Consumer<Boolean> whenDone) {
    try {
      producer.send(message(camera, time, value), (m, e) -> tell(value, e, stored, whenDone));
    } catch (KafkaException | IllegalStateException e) {
      tell(value, e, stored, whenDone);
    }
  }

  private static String camera(SpecificRecord value) {
    return value instanceof FaceFrame frame
        ? frame.getCameraId()
        : ((CameraHeartbeat) value).getCameraId();
  }

  private ProducerRecord<String, SpecificRecord> message(
      String camera, Instant time, SpecificRecord value) {
    return new ProducerRecord<>(topic, null, time.toEpochMilli(), camera, value);
  }

  private void tell(
      SpecificRecord value, @Nullable Exception e, AtomicLong stored, Consumer<Boolean> whenDone) {
    if (e == null) {
      stored.incrementAndGet();
      losing.set(false);
    } else if (isRefusal(e)) {
      fail(camera(value), String.valueOf(e.getMessage()), e); // no later frame would fare better
    } else if (value instanceof FaceFrame) {
      lost.incrementAndGet();
      if (!losing.getAndSet(true)) { // the first of an outage
        LOG.warn("what {} shows is lost: {}; {}", camera(value), e.getMessage(), REMEDY);
      }
    }
    whenDone.accept(e == null);
  }

  private void sent(
      String camera, @Nullable Exception e, AtomicLong stored, Consumer<Boolean> whenDone) {
    if (e == null) {
      stored.incrementAndGet();
    } else {
      fail(camera, String.valueOf(e.getMessage()), e);
    }
    whenDone.accept(e == null);
  }

  private static boolean isRefusal(Exception e) {
    return e instanceof AuthorizationException || e instanceof AuthenticationException;
  }

  private PublishException fail(String camera, String problem, Exception cause) {
    failed.incrementAndGet();
    PublishException failure =
        new PublishException(
            "cannot publish what %s shows to topic %s: %s%s"
                .formatted(camera, topic, problem, isRefusal(cause) ? "" : "; " + REMEDY),
            cause);
    onFailure.accept(failure);
    return failure;
  }
}
