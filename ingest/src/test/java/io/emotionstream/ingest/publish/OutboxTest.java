// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emotionstream.schemas.CameraHeartbeat;
import io.emotionstream.schemas.FaceFrame;
import io.emotionstream.schemas.FaceImage;
import io.emotionstream.schemas.ImageEncoding;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class OutboxTest {
  /** A record is this and some 600 bytes; four of them are what may be under way. */
  private static final int PIXELS = 1 << 20;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Kafka's own fake, which answers when it is told to. */
  private final MockProducer<String, SpecificRecord> broker =
      new MockProducer<>(false, null, new StringSerializer(), (topic, value) -> new byte[0]);

  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final FramePublisher publisher = new FramePublisher(broker, "faces", failures::add);
  private final AtomicInteger dropped = new AtomicInteger();

  @AutoClose private final Outbox outbox = new Outbox(publisher, 4L * PIXELS);

  @Test
  void oldestOfLiveCamerasAreDroppedWhileTheBrokerIsAwayAndTheRestIsSentThen() throws Exception {
    for (int i = 0; i < 20; i++) {
      outbox.offerLive(frame(i), dropped::incrementAndGet);
      int offered = i + 1;
      // The first are under way, where nothing can be dropped any more.
      await().atMost(PATIENCE).until(() -> broker.history().size() >= Math.min(offered, 4));
    }
    assertThat(outbox.waitingBytes()).isLessThanOrEqualTo(4L * PIXELS);
    assertThat(dropped).hasValue(13);

    answerAll();

    assertThat(outbox.drain(PATIENCE)).isTrue();
    assertThat(sequences()).containsExactly(0L, 1L, 2L, 3L, 17L, 18L, 19L);
    assertThat(failures).isEmpty();
  }

  @Test
  void recordingsLoseNothingButAreToldToPause() throws Exception {
    for (int i = 0; i < 20; i++) {
      outbox.offerRecorded(frame(i));
    }
    await().atMost(PATIENCE).until(() -> broker.history().size() == 4);
    assertThat(outbox.isBusy()).isTrue();

    answerAll();

    assertThat(outbox.drain(PATIENCE)).isTrue();
    assertThat(outbox.isBusy()).isFalse();
    assertThat(sequences()).hasSize(20).isSorted();
  }

  @Test
  void whatTheBrokerRefusesIsLostForLiveCamerasAndAFailureForRecordings() {
    outbox.offerLive(frame(0), dropped::incrementAndGet);
    await().atMost(PATIENCE).until(() -> broker.errorNext(new TimeoutException("gone")));
    await().atMost(PATIENCE).until(() -> dropped.get() == 1);
    assertThat(publisher.lost()).isEqualTo(1);
    assertThat(publisher.failed()).isZero();
    assertThat(failures).isEmpty();

    outbox.offerRecorded(frame(1));
    await().atMost(PATIENCE).until(() -> broker.errorNext(new TimeoutException("gone")));
    await().atMost(PATIENCE).until(() -> failures.size() == 1);
    assertThat(publisher.failed()).isEqualTo(1);
  }

  @Test
  void whomTheBrokerDoesNotLetWriteIsAFailureForLiveCamerasToo() {
    outbox.offerLive(frame(0), dropped::incrementAndGet);
    await()
        .atMost(PATIENCE)
        .until(() -> broker.errorNext(new TopicAuthorizationException(Set.of("faces"))));
    await().atMost(PATIENCE).until(() -> dropped.get() == 1);

    assertThat(failures)
        .singleElement()
        .satisfies(failure -> assertThat(failure).hasMessageContaining("Not authorized"));
    assertThat(publisher.lost()).isZero();
  }

  @Test
  void whatWaitsWhenItIsClosedIsCounted() {
    for (int i = 0; i < 6; i++) {
      outbox.offerLive(frame(i), dropped::incrementAndGet);
      int offered = i + 1;
      // One at a time: what is offered faster than it is sent would be dropped before.
      await().atMost(PATIENCE).until(() -> broker.history().size() >= Math.min(offered, 4));
    }

    outbox.close();
    outbox.offerLive(new CameraHeartbeat("a", Instant.EPOCH, false), dropped::incrementAndGet);

    assertThat(dropped).hasValue(3);
  }

  private void answerAll() {
    Thread thread =
        new Thread(
            () -> {
              while (!broker.closed()) {
                if (!broker.completeNext()) {
                  Thread.onSpinWait();
                }
              }
            },
            "broker");
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void stopAnswering() {
    broker.close();
  }

  private List<Long> sequences() {
    List<Long> sequences = new ArrayList<>();
    broker.history().forEach(sent -> sequences.add(((FaceFrame) sent.value()).getSequence()));
    return sequences;
  }

  private static FaceFrame frame(long sequence) {
    return FaceFrame.newBuilder()
        .setFrameId("a-" + sequence)
        .setCameraId("a")
        .setSequence(sequence)
        .setCapturedAt(Instant.EPOCH.plusSeconds(sequence))
        .setImage(new FaceImage(ImageEncoding.GRAY8, 1024, 1024, ByteBuffer.wrap(new byte[PIXELS])))
        .build();
  }
}
