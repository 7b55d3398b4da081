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
import io.emotionstream.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Kafka's own fake; {@link IngestIT} has a real broker, but one that does not fail on demand. */
  private final MockProducer<String, SpecificRecord> producer =
      new MockProducer<>(false, null, new StringSerializer(), (topic, value) -> new byte[0]);

  @Test
  void cameraIdsAreUniqueOverAllSources() {
    try (Ingest ingest = ingest(2, "synthetic:", "synthetic:?seed=9")) {
      assertThat(ingest.cameraIds()).containsExactly("cam-1", "cam-2", "cam-3", "cam-4");
    }
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
    Ingest ingest = ingest(1, "synthetic:?count=1");
    ingest.start();
    await().until(() -> producer.history().size() == 2 || ingest.isDone());

    // flush() of the fake acknowledges what is pending
    assertThat(ingest.awaitDone(PATIENCE)).isTrue();
    assertThat(ingest.counts().published()).isEqualTo(1);
    assertThat(ingest.counts().acknowledged()).isEqualTo(1);
    assertThat(ingest.counts().heartbeats()).isEqualTo(1);
    ingest.close();
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
