// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.emotionstream.ingest.source.FaceCrop;
import io.emotionstream.ingest.source.FaceSource;
import io.emotionstream.schemas.CameraHeartbeat;
import io.emotionstream.schemas.FaceFrame;
import io.emotionstream.schemas.FaceImage;
import io.emotionstream.schemas.ImageEncoding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class SourceRunTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final MockProducer<String, SpecificRecord> producer =
      new MockProducer<>(true, null, new StringSerializer(), (topic, value) -> new byte[0]);
  private final FramePublisher publisher = new FramePublisher(producer, "faces", e -> {});

  /** Time passes only where the run waits. */
  private long nanos;

  private long stopAt = Long.MAX_VALUE;
  private boolean stopForGood;
  private final StopSignal stop =
      new StopSignal() {
        @Override
        public boolean await(long wait) {
          nanos += wait;
          if (nanos >= stopAt) {
            if (stopForGood) {
              end();
            } else {
              stop();
            }
          }
          return isStopped();
        }
      };

  @Test
  void camerasTakeTurnsAndThenEnd() throws Exception {
    long shown = run(new Rows(5, 2), OptionalDouble.empty()).run();

    assertThat(shown).isEqualTo(5);
    assertThat(producer.history())
        .extracting(SourceRunTest::show)
        .containsExactly(
            "cam-1 row 0",
            "cam-2 row 1",
            "cam-1 row 2",
            "cam-2 row 3",
            "cam-1 row 4",
            "cam-1 ended",
            "cam-2 ended");
  }

  @Test
  void recordsAreKeyedByCameraAndTimedByCapture() throws Exception {
    run(new Rows(1, 1), OptionalDouble.empty()).run();

    ProducerRecord<String, SpecificRecord> frame = producer.history().get(0);
    assertThat(frame.topic()).isEqualTo("faces");
    assertThat(frame.key()).isEqualTo("cam-1");
    assertThat(frame.partition()).isNull();
    assertThat(frame.timestamp()).isEqualTo(NOON.toEpochMilli());
  }

  @Test
  void silentCamerasGiveSignsOfLifeBetweenFaces() throws Exception {
    // One face each 2.5 s on two cameras, a sign of life after 1 s of silence.
    run(new Rows(2, 2), OptionalDouble.of(0.4)).run();

    assertThat(producer.history())
        .extracting(SourceRunTest::show)
        .containsExactly(
            "cam-1 row 0", // at 0 s
            "cam-1 alive", // at 1 s
            "cam-2 alive",
            "cam-1 alive", // at 2 s
            "cam-2 alive",
            "cam-2 row 1", // at 2.5 s
            "cam-1 ended",
            "cam-2 ended");
  }

  @Test
  void heartbeatsAreLaterThanTheFramesBeforeAndEarlierThanThoseAfter() throws Exception {
    run(new Rows(4, 1), OptionalDouble.of(0.4)).run();

    assertThat(producer.history())
        .extracting(message -> time(message.value()))
        .hasSizeGreaterThan(8)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void busyCamerasGiveNoSignsOfLife() throws Exception {
    run(new Rows(20, 2), OptionalDouble.of(4)).run();

    assertThat(producer.history())
        .extracting(SourceRunTest::show)
        .noneMatch(s -> s.contains("alive"));
    assertThat(nanos).isEqualTo(Duration.ofMillis(4750).toNanos()); // 19 gaps of 250 ms
  }

  @Test
  void runStoppedForGoodEndsItsCamerasAtOnce() throws Exception {
    stopAt = Duration.ofSeconds(3).toNanos();
    stopForGood = true;

    long shown = run(new Rows(1000, 1), OptionalDouble.of(0.01)).run();

    assertThat(shown).isEqualTo(1);
    assertThat(producer.history())
        .extracting(SourceRunTest::show)
        .containsExactly("cam-1 row 0", "cam-1 alive", "cam-1 alive", "cam-1 ended");
  }

  @Test
  void stoppedRunLeavesItsCamerasToALaterRun() throws Exception {
    stopAt = Duration.ofSeconds(3).toNanos();

    run(new Rows(1000, 1), OptionalDouble.of(0.01)).run();

    assertThat(producer.history())
        .extracting(SourceRunTest::show)
        .containsExactly("cam-1 row 0", "cam-1 alive", "cam-1 alive");
  }

  @Test
  void unreadableSourceEndsItsCameras() {
    FaceSource broken = new Rows(2, 1, new IOException("disk gone"));

    assertThatIOException()
        .isThrownBy(() -> run(broken, OptionalDouble.empty()).run())
        .withMessage("disk gone");

    assertThat(producer.history())
        .extracting(SourceRunTest::show)
        .containsExactly("cam-1 row 0", "cam-1 row 1", "cam-1 ended");
  }

  @Test
  void refusedSendStopsTheRunWithoutAnEnd() {
    producer.sendException = new TimeoutException("no metadata");

    assertThatExceptionOfType(PublishException.class)
        .isThrownBy(() -> run(new Rows(9, 1), OptionalDouble.empty()).run())
        .withMessage(
            "cannot publish what cam-1 shows to topic faces: no metadata; check that the broker"
                + " runs and that './emotion topics create' made the topic");

    assertThat(producer.history()).isEmpty();
    assertThat(publisher.published()).isEqualTo(1);
    assertThat(publisher.failed()).isEqualTo(1);
  }

  @Test
  void missingRightIsNotTheBrokersFault() {
    producer.sendException = new TopicAuthorizationException(Set.of("faces"));

    assertThatExceptionOfType(PublishException.class)
        .isThrownBy(() -> run(new Rows(9, 1), OptionalDouble.empty()).run())
        .withMessage(
            "cannot publish what cam-1 shows to topic faces: Not authorized to access topics:"
                + " [faces]");
  }

  @Test
  void lostFaceKeepsTheCamerasFromEnding() throws Exception {
    publisher.publish(new Camera("cam-9", "run", () -> NOON).heartbeat(false));
    producer.sendException = new TimeoutException("gone");
    assertThatExceptionOfType(PublishException.class)
        .isThrownBy(
            () -> publisher.publish(new Camera("cam-9", "run", () -> NOON).heartbeat(false)));
    producer.sendException = null;
    stop.stop(); // as the failure listener does

    run(new Rows(9, 1), OptionalDouble.empty()).run();

    assertThat(producer.history()).extracting(SourceRunTest::show).containsExactly("cam-9 alive");
  }

  private SourceRun run(FaceSource source, OptionalDouble rate) {
    List<Camera> cameras =
        IntStream.rangeClosed(1, source.cameras())
            .mapToObj(i -> new Camera("cam-" + i, "run", () -> NOON.plusNanos(nanos)))
            .toList();
    return new SourceRun(
        source, cameras, publisher, new Pacer(rate), stop, Duration.ofSeconds(1), () -> nanos);
  }

  private static String show(ProducerRecord<String, SpecificRecord> message) {
    if (message.value() instanceof FaceFrame frame) {
      return frame.getCameraId() + " row " + frame.getImage().getData().get(0);
    }
    CameraHeartbeat heartbeat = (CameraHeartbeat) message.value();
    return heartbeat.getCameraId() + (heartbeat.getEnded() ? " ended" : " alive");
  }

  private static Instant time(SpecificRecord value) {
    return value instanceof FaceFrame frame
        ? frame.getCapturedAt()
        : ((CameraHeartbeat) value).getObservedAt();
  }

  /** A source whose faces are one pixel with the row's number. */
  private static final class Rows implements FaceSource {
    private final int count;
    private final int cameras;
    private final Optional<IOException> end;
    private int row;

    Rows(int count, int cameras) {
      this(count, cameras, Optional.empty());
    }

    Rows(int count, int cameras, IOException end) {
      this(count, cameras, Optional.of(end));
    }

    private Rows(int count, int cameras, Optional<IOException> end) {
      this.count = count;
      this.cameras = cameras;
      this.end = end;
    }

    @Override
    public int cameras() {
      return cameras;
    }

    @Override
    public Optional<FaceCrop> next(int camera) throws IOException {
      if (row == count) {
        if (end.isPresent()) {
          throw end.get();
        }
        return Optional.empty();
      }
      ByteBuffer pixel = ByteBuffer.wrap(new byte[] {(byte) row++});
      return Optional.of(
          new FaceCrop(new FaceImage(ImageEncoding.GRAY8, 1, 1, pixel), Optional.empty()));
    }

    @Override
    public void close() {
      // Holds nothing open.
    }
  }
}
