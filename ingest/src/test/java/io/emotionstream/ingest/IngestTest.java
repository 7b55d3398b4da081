// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.emotionstream.ingest.publish.PublishException;
import io.emotionstream.ingest.source.SkipReason;
import io.emotionstream.ingest.source.SourceException;
import io.emotionstream.schemas.FaceFrame;
import io.emotionstream.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Kafka's own fake; {@link IngestIT} has a real broker, but one that does not fail on demand. */
  private final MockProducer<String, SpecificRecord> producer = producer();

  @Test
  void cameraIdsAreUniqueOverAllSources() {
    try (Ingest ingest = ingest(2, "synthetic:", "synthetic:?seed=9")) {
      assertThat(ingest.cameraIds()).containsExactly("cam-1", "cam-2", "cam-3", "cam-4");
    }
  }

  @Test
  void processesWithAPrefixEachShareNoCamera() {
    IngestConfig config =
        new IngestConfig(
            List.of("synthetic:", "synthetic:"),
            1,
            OptionalDouble.empty(),
            Duration.ofSeconds(1),
            "hall-");
    try (Ingest ingest = new Ingest(config, Topics.defaults(), producer, InstantSource.system())) {
      assertThat(ingest.cameraIds()).containsExactly("hall-1", "hall-2");
    }
  }

  @Test
  void runsOfTheSameMillisecondShareNoFrameId() {
    InstantSource noon = InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z"));
    List<String> ids = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      MockProducer<String, SpecificRecord> mine = producer();
      IngestConfig config = config(1, OptionalDouble.empty(), "synthetic:?count=1");
      try (Ingest ingest = new Ingest(config, Topics.defaults(), mine, noon)) {
        ingest.start();
        assertThat(ingest.awaitDone(PATIENCE)).isTrue();
      }
      ids.add(((FaceFrame) mine.history().get(0).value()).getFrameId());
    }

    assertThat(ids)
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("cam-1-mjve7pc0-[0-9a-z]{4}-0"));
  }

  @Test
  void failedSendStopsEverythingAndSurfaces() {
    try (Ingest ingest = ingest(1, "synthetic:", "synthetic:")) {
      ingest.start();
      await().until(() -> producer.errorNext(new TimeoutException("broker gone")));

      assertThatIllegalStateException()
          .isThrownBy(() -> ingest.awaitDone(PATIENCE))
          .withMessageContaining("ingest failed: cannot publish what cam-")
          .withMessageContaining("broker gone")
          .withCauseInstanceOf(PublishException.class);

      assertThat(ingest.isDone()).isFalse();
      assertThat(ingest.failure()).get().isInstanceOf(PublishException.class);
      assertThat(ingest.counts().failed()).isEqualTo(1);
    }
  }

  @Test
  void isNotDoneBeforeEverythingIsAcknowledged() {
    SlowBroker slow = new SlowBroker();
    IngestConfig config = config(1, OptionalDouble.empty(), "synthetic:?count=1");
    try (Ingest ingest = new Ingest(config, Topics.defaults(), slow, InstantSource.system())) {
      ingest.start();
      await().until(() -> slow.flushing.getCount() == 0);

      assertThat(slow.history()).hasSize(2);
      assertThat(ingest.isDone()).isFalse();
      assertThat(ingest.awaitDone(Duration.ofMillis(5))).isFalse();
      assertThat(ingest.counts().published()).isEqualTo(1);
      assertThat(ingest.counts().acknowledged()).isZero();

      slow.mayAnswer.countDown();
      assertThat(ingest.awaitDone(PATIENCE)).isTrue();
      assertThat(ingest.isDone()).isTrue();
      assertThat(ingest.counts().acknowledged()).isEqualTo(1);
      assertThat(ingest.counts().heartbeats()).isEqualTo(1);
    }
  }

  @Test
  void finishIsIdempotentAndEndsAnEndlessSource() {
    Ingest ingest = ingest(3, "synthetic:");
    ingest.start();
    await().until(() -> ingest.counts().published() >= 3);

    ingest.finish();
    ingest.finish();

    assertThat(ingest.isDone()).isTrue();
    assertThat(ingest.counts().heartbeats()).isGreaterThanOrEqualTo(3);
    assertThat(ingest.counts().acknowledged()).isEqualTo(ingest.counts().published());
    ingest.close();
  }

  @Test
  void finishWithoutStartIsDone() {
    Ingest ingest = ingest(1, "synthetic:");

    ingest.finish();

    assertThat(ingest.isDone()).isTrue();
    assertThat(producer.history()).isEmpty();
    assertThatIllegalStateException().isThrownBy(ingest::start);
    ingest.close();
  }

  @Test
  void timeoutReturnsFalse() {
    try (Ingest ingest = ingest(1, OptionalDouble.of(1), "synthetic:")) {
      ingest.start();

      assertThat(ingest.awaitDone(Duration.ofMillis(5))).isFalse();
    }
  }

  @Test
  void emptyDirectoryFails(@TempDir Path directory) {
    try (Ingest ingest = ingest(1, "images:" + directory)) {
      ingest.start();

      assertThatIllegalStateException()
          .isThrownBy(() -> ingest.awaitDone(PATIENCE))
          .withMessageContaining("holds no usable face; it is empty");
    }
  }

  @Test
  void sourceWithoutAUsableFaceFails(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("readme.txt"), "nothing here");
    try (Ingest ingest = ingest(1, "images:" + directory)) {
      ingest.start();

      assertThatIllegalStateException()
          .isThrownBy(() -> ingest.awaitDone(PATIENCE))
          .withMessageContaining("holds no usable face; {NOT_AN_IMAGE=1}")
          .withCauseInstanceOf(SourceException.class);
      assertThat(ingest.counts().skipped()).isEqualTo(Map.of(SkipReason.NOT_AN_IMAGE, 1L));
      assertThat(ingest.counts().firstSkipped()).hasSize(1);
    }
  }

  @Test
  void missingFileFailsTheStartAndReleasesTheProducer() {
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> ingest(1, "synthetic:", "fer2013:/no/such.csv"))
        .withMessageStartingWith("source fer2013:/no/such.csv: there is no file ");
    assertThat(producer.closed()).isTrue();
  }

  @Test
  void brokerMustBeNamed() {
    IngestConfig config = config(1, OptionalDouble.empty(), "synthetic:");

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Ingest(config, Topics.defaults(), Map.of(), InstantSource.system()).close())
        .withMessage("kafka.bootstrap.servers is not set: name the broker, such as localhost:9092");
  }

  private static MockProducer<String, SpecificRecord> producer() {
    return new MockProducer<>(false, null, new StringSerializer(), (topic, value) -> new byte[0]);
  }

  /** Acknowledges what is pending at a flush, as the fake does, but only when it is let. */
  private static final class SlowBroker extends MockProducer<String, SpecificRecord> {
    private final CountDownLatch flushing = new CountDownLatch(1);
    private final CountDownLatch mayAnswer = new CountDownLatch(1);

    SlowBroker() {
      super(false, null, new StringSerializer(), (topic, value) -> new byte[0]);
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the history is read meanwhile
    public void flush() {
      flushing.countDown();
      try {
        mayAnswer.await();
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
      super.flush();
    }
  }

  private Ingest ingest(int cameras, String... sources) {
    return ingest(cameras, OptionalDouble.of(100), sources);
  }

  private Ingest ingest(int cameras, OptionalDouble rate, String... sources) {
    return new Ingest(
        config(cameras, rate, sources), Topics.defaults(), producer, InstantSource.system());
  }

  private static IngestConfig config(int cameras, OptionalDouble rate, String... sources) {
    return new IngestConfig(List.of(sources), cameras, rate, Duration.ofSeconds(1));
  }
}
