// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emotionstream.model.BundleManifest;
import io.emotionstream.model.Calibration;
import io.emotionstream.model.ModelBundle;
import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.CameraHeartbeat;
import io.emotionstream.schemas.CorrectedShare;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.FaceFrame;
import io.emotionstream.schemas.ModelChoice;
import io.emotionstream.schemas.Topics;
import io.emotionstream.testkit.BrokerExtension;
import io.emotionstream.testkit.Faces;
import io.emotionstream.testkit.TestBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Another model is chosen while the stream runs, on a real broker, with real bundles. */
@ExtendWith(BrokerExtension.class)
class ModelSwapIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Instant START = Instant.now().truncatedTo(ChronoUnit.MINUTES);
  private static final AvroSerde<SpecificRecord> FRAMES =
      AvroSerde.of(FaceFrame.class, CameraHeartbeat.class);

  private final TestBroker broker;
  private final Topics topics;
  private final Path directory;
  private ModelBundle first;
  private ModelBundle second;
  private int seen;

  ModelSwapIT(TestBroker broker, @TempDir Path directory) throws Exception {
    this.broker = broker;
    this.topics = broker.newTopics();
    this.directory = directory;
    this.first = ModelBundle.shipped();
    this.second = first;
  }

  @BeforeEach
  void writeBundles() throws Exception {
    ModelBundle shipped = ModelBundle.shipped();
    BundleManifest measured = shipped.manifest();
    Path uncalibrated = directory.resolve("uncalibrated.emotion");
    shipped.rewrite(
        uncalibrated,
        BundleManifest.of(
            measured.network(),
            measured.parameters(),
            measured.multiplyAdds(),
            measured.provenance(),
            measured.metrics()));
    first = ModelBundle.load(uncalibrated);
    long[][] confusion = new long[7][7];
    for (int label = 0; label < 7; label++) {
      confusion[label][label] = 10;
    }
    BundleManifest manifest =
        first.manifest().withCalibration(Calibration.of(1, 0.5, "test", confusion, "validation"));
    first.rewrite(bundle(), manifest);
    second = ModelBundle.load(bundle());
  }

  @Test
  void takesAChosenModelBetweenBatchesAndKeepsTheOldOneWhereAChoiceIsRefused() throws Exception {
    try (ClassifierStream stream = start("first")) {
      see();
      await().atMost(PATIENCE).until(() -> models().equals(List.of(first.modelId())));

      choose("ftp://models/evil.emotion", "0".repeat(64));
      await().atMost(PATIENCE).until(() -> stream.modelRefusal().isPresent());
      assertThat(stream.modelRefusal().orElseThrow()).contains("comes from a file or https URL");
      choose(bundle().toUri().toString(), "0".repeat(64));
      await()
          .atMost(PATIENCE)
          .until(() -> stream.modelRefusal().orElse("").contains("chosen was 000"));
      Path junk = Files.writeString(directory.resolve("junk.emotion"), "junk");
      choose(junk.toUri().toString(), sha256(junk));
      await()
          .atMost(PATIENCE)
          .until(() -> stream.modelRefusal().orElse("").contains("expected a zip"));
      assertThat(stream.modelId()).isEqualTo(first.modelId());

      choose(bundle().toUri().toString(), sha256(bundle()));
      await().atMost(PATIENCE).until(() -> stream.modelId().equals(second.modelId()));
      assertThat(stream.modelRefusal()).isEmpty();
      see();
      await()
          .atMost(PATIENCE)
          .until(() -> models().equals(List.of(first.modelId(), second.modelId())));
      assertThat(stream.isHealthy()).isTrue();
    }

    try (ClassifierStream restarted = start("second")) {
      assertThat(restarted.modelId()).isEqualTo(second.modelId());
      see();
      send("lobby", Faces.end("lobby", START.plusSeconds(9)), START);
      await().atMost(PATIENCE).until(() -> distributions().size() == 1);
    }
    EmotionDistribution window = distributions().get(0).value();
    assertThat(window.getTotal()).isEqualTo(3);
    assertThat(window.getModelIds()).containsExactlyInAnyOrder(first.modelId(), second.modelId());
    // The first model has no calibration: no corrected shares rather than wrong ones.
    Map<String, CorrectedShare> corrected = window.getCorrectedShares();
    assertThat(corrected).isNull();
    assertThat(events().get(2).value().getUncertain()).isNotNull();
  }

  private ClassifierStream start(String instance) throws Exception {
    ClassifierStream stream =
        new ClassifierStream(
            ClassifierConfig.defaults(),
            topics,
            first,
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "application.id",
                topics.prefix() + "classifier",
                "state.dir",
                directory.resolve(instance).toString()));
    stream.start();
    stream.awaitRunning(PATIENCE);
    return stream;
  }

  private Path bundle() {
    return directory.resolve("second.emotion");
  }

  private void see() {
    Instant time = START.plusSeconds(seen++);
    send("lobby", Faces.frame("lobby", time).build(), time);
  }

  private void send(String key, SpecificRecord value, Instant time) {
    broker.send(
        FRAMES,
        List.of(
            new ProducerRecord<>(
                topics.faceFrames().name(), null, time.toEpochMilli(), key, value)));
  }

  private void choose(String location, String sha256) {
    ModelChoice choice =
        new ModelChoice(location, sha256, Instant.now().truncatedTo(ChronoUnit.MICROS));
    broker.send(
        AvroSerde.of(ModelChoice.class),
        List.of(new ProducerRecord<>(topics.models().name(), Topics.CURRENT_MODEL, choice)));
  }

  private static String sha256(Path file) throws Exception {
    byte[] digest =
        java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return java.util.HexFormat.of().formatHex(digest);
  }

  private List<String> models() {
    return events().stream().map(event -> event.value().getModelId()).toList();
  }

  private List<ConsumerRecord<String, EmotionEvent>> events() {
    return broker.committed(topics.emotionEvents(), AvroSerde.of(EmotionEvent.class));
  }

  private List<ConsumerRecord<String, EmotionDistribution>> distributions() {
    return broker.committed(topics.distributions(), AvroSerde.of(EmotionDistribution.class));
  }
}
