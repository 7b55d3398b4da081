// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static io.emotionstream.schemas.DeadLetterReason.CLASSIFIER_FAILED;
import static io.emotionstream.schemas.DeadLetterReason.MALFORMED_RECORD;
import static io.emotionstream.schemas.Emotion.HAPPY;
import static io.emotionstream.schemas.Emotion.SAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.CameraHeartbeat;
import io.emotionstream.schemas.DeadLetter;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.FaceFrame;
import io.emotionstream.schemas.Topics;
import io.emotionstream.testkit.BrokerExtension;
import io.emotionstream.testkit.Faces;
import io.emotionstream.testkit.FixedAnswerClassifier;
import io.emotionstream.testkit.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(BrokerExtension.class)
class ClassifierStreamIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration FOREVER = Duration.ofMinutes(1);
  private static final Instant START = Instant.now().truncatedTo(ChronoUnit.MINUTES);
  private static final AvroSerde<SpecificRecord> FRAMES =
      AvroSerde.of(FaceFrame.class, CameraHeartbeat.class);

  private final TestBroker broker;
  private final Topics topics;
  private final Path state;

  ClassifierStreamIT(TestBroker broker, @TempDir Path state) {
    this.broker = broker;
    this.topics = broker.newTopics();
    this.state = state;
  }

  @Test
  void answersEveryFrameOnceAcrossARestartInTheMiddleOfABatch() throws Exception {
    List<FaceFrame> frames =
        IntStream.range(0, 20)
            .mapToObj(i -> Faces.frame("lobby", START.plusSeconds(i)).showing(HAPPY).build())
            .toList();

    try (ClassifierStream stream = start(config(8, FOREVER), "first")) {
      frames.forEach(this::send);
      await().atMost(PATIENCE).until(() -> events().size() == 16);
      await().atMost(PATIENCE).until(() -> ClassifierMetrics.waiting(stream.metrics()) == 4);
    }
    assertThat(events()).hasSize(16);
    try (ClassifierStream stream = start(config(8, Duration.ofMillis(5)), "second")) {
      await().atMost(PATIENCE).until(() -> events().size() >= 20);
      send(Faces.end("lobby", START.plusSeconds(20)));
      await().atMost(PATIENCE).until(() -> distributions().size() >= 2);
      assertThat(stream.isHealthy()).isTrue();
    }

    assertThat(events())
        .extracting(event -> event.value().getFrameId())
        .containsExactlyElementsOf(frames.stream().map(FaceFrame::getFrameId).toList());
    assertThat(distributions())
        .extracting(record -> record.value().getTotal())
        .containsExactly(10L, 10L);
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  void fillsBatchesUnderLoadOnEveryThread() throws Exception {
    List<ProducerRecord<String, SpecificRecord>> frames =
        IntStream.range(0, 2000)
            .mapToObj(i -> Faces.frame("camera-" + i % 16, START.plusMillis(i)).build())
            .map(frame -> record(frame.getCameraId(), frame, frame.getCapturedAt()))
            .toList();
    broker.send(FRAMES, frames);

    try (ClassifierStream stream = start(config(32, Duration.ofMillis(20), 2), "only")) {
      await().atMost(PATIENCE).until(() -> events().size() == frames.size());

      assertThat(ClassifierMetrics.total(stream.metrics(), ClassifierMetrics.BATCHES))
          .isLessThan(frames.size() / 8);
      assertThat(
              stream.metrics().keySet().stream()
                  .filter(metric -> metric.name().equals(ClassifierMetrics.WAITING))
                  .map(metric -> metric.tags().get("thread-id"))
                  .distinct())
          .hasSize(2);
    }

    assertThat(events()).extracting(event -> event.value().getFrameId()).doesNotHaveDuplicates();
  }

  @Test
  void survivesTheGreatestRecordsAndThoseBeyond() throws Exception {
    try (ClassifierStream stream = start(config(8, Duration.ofMillis(300)), "only")) {
      sendCompressed("lobby", new byte[3 << 20]);
      send(Faces.frame("lobby", START).showing(SAD).sized(1020, 1020).build());
      send(Faces.frame("lobby", START).failingClassifier().sized(1020, 1020).build());
      await().atMost(PATIENCE).until(() -> events().size() == 1 && deadLetters().size() == 2);

      assertThat(stream.failure()).isEmpty();
    }

    assertThat(deadLetters())
        .extracting(letter -> letter.value().getReason())
        .containsExactly(MALFORMED_RECORD, CLASSIFIER_FAILED);
    assertThat(deadLetters().get(1).value().getOriginal().remaining()).isGreaterThan(1020 * 1020);
  }

  @Test
  void refusesToStartWithoutItsTopicsAndSaysHowToMakeThem() {
    Topics missing = new Topics(broker.newPrefix(), 1, (short) -1);

    try (ClassifierStream stream = stream(config(8, FOREVER), missing, "only")) {
      assertThatThrownBy(stream::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(missing.faceFrames().name())
          .hasMessageContaining("./emotion topics create");
    }
  }

  private ClassifierStream start(ClassifierConfig config, String instance) throws Exception {
    ClassifierStream stream = stream(config, topics, instance);
    stream.start();
    stream.awaitRunning(PATIENCE);
    return stream;
  }

  private ClassifierStream stream(ClassifierConfig config, Topics topics, String instance) {
    return new ClassifierStream(
        config,
        topics,
        FixedAnswerClassifier::new,
        Map.of(
            "bootstrap.servers", broker.bootstrapServers(),
            "application.id", topics.prefix() + "classifier",
            "state.dir", state.resolve(instance).toString()),
        InstantSource.system());
  }

  private static ClassifierConfig config(int maxBatch, Duration maxLatency) {
    return config(maxBatch, maxLatency, 1);
  }

  private static ClassifierConfig config(int maxBatch, Duration maxLatency, int threads) {
    ClassifierConfig defaults = ClassifierConfig.defaults();
    return new ClassifierConfig(
        defaults.window(), maxBatch, maxLatency, threads, 1024, defaults.maxClockSkew());
  }

  private void send(FaceFrame frame) {
    send(frame.getCameraId(), frame, frame.getCapturedAt());
  }

  private void send(CameraHeartbeat sign) {
    send(sign.getCameraId(), sign, sign.getObservedAt());
  }

  private void send(String cameraId, SpecificRecord value, Instant time) {
    broker.send(FRAMES, List.of(record(cameraId, value, time)));
  }

  private ProducerRecord<String, SpecificRecord> record(
      String cameraId, SpecificRecord value, Instant time) {
    return new ProducerRecord<>(
        topics.faceFrames().name(), null, time.toEpochMilli(), cameraId, value);
  }

  private void sendCompressed(String cameraId, byte[] value) throws Exception {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "compression.type",
            "gzip",
            "max.request.size",
            8 << 20);
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topics.faceFrames().name(), cameraId, value)).get();
    }
  }

  private List<ConsumerRecord<String, EmotionEvent>> events() {
    return broker.committed(topics.emotionEvents(), AvroSerde.of(EmotionEvent.class));
  }

  private List<ConsumerRecord<String, EmotionDistribution>> distributions() {
    return broker.committed(topics.distributions(), AvroSerde.of(EmotionDistribution.class));
  }

  private List<ConsumerRecord<String, DeadLetter>> deadLetters() {
    return broker.committed(topics.deadLetters(), AvroSerde.of(DeadLetter.class));
  }
}
