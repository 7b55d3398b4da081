// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static io.emotionstream.schemas.DeadLetterReason.CLASSIFIER_FAILED;
import static io.emotionstream.schemas.DeadLetterReason.MALFORMED_RECORD;
import static io.emotionstream.schemas.Emotion.HAPPY;
import static io.emotionstream.schemas.Emotion.SAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.emotionstream.model.EmotionClassifier;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
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
      sendWithHeaders(FrameReader.MAX_HEADER_BYTES - 100);
      sendWithHeaders(1_000_000);
      await().atMost(PATIENCE).until(() -> events().size() == 2 && deadLetters().size() == 3);

      assertThat(stream.failure()).isEmpty();
    }

    assertThat(deadLetters())
        .extracting(letter -> letter.value().getReason())
        .containsExactly(MALFORMED_RECORD, CLASSIFIER_FAILED, MALFORMED_RECORD);
    assertThat(deadLetters().get(1).value().getOriginal().remaining()).isGreaterThan(1020 * 1020);
  }

  @Test
  void goesOnAtTimesBeyondABrokersOwnLimit() throws Exception {
    ClassifierConfig config =
        new ClassifierConfig(
            new DistributionWindow(Duration.ofDays(7), Duration.ZERO),
            8,
            Duration.ofMillis(300),
            1,
            1024,
            Duration.ofHours(3));
    Instant ahead = START.plus(Duration.ofHours(2));
    FaceFrame stampedAhead = Faces.frame("lobby", START).build();

    try (ClassifierStream stream = start(config, "only")) {
      send("lobby", stampedAhead, START.plus(Duration.ofDays(20)));
      send(Faces.frame("lobby", ahead).build());
      await().atMost(PATIENCE).until(() -> events().size() == 2);
      send(Faces.end("lobby", ahead));
      await().atMost(PATIENCE).until(() -> !distributions().isEmpty());

      assertThat(stream.failure()).isEmpty();
      assertThat(stream.isHealthy()).isTrue();
    }

    assertThat(events())
        .extracting(ConsumerRecord::timestamp)
        .containsExactly(START.toEpochMilli(), ahead.toEpochMilli());
  }

  @Test
  void stopsWithEveryFrameUnansweredWhereTheNetworkIsBroken() throws Exception {
    AtomicBoolean broken = new AtomicBoolean();
    ClassifierConfig config = config(4, Duration.ofMillis(5));
    ClassifierFactory factory = () -> new BreakableClassifier(broken);

    try (ClassifierStream stream = start(stream(config, topics, "only", factory))) {
      broken.set(true);
      for (int i = 0; i < 10; i++) {
        send(Faces.frame("lobby", START.plusSeconds(i)).build());
      }
      await().atMost(PATIENCE).until(() -> stream.failure().isPresent());

      assertThat(stream.failure().orElseThrow())
          .hasRootCauseMessage("no native memory")
          .hasStackTraceContaining("fails even at a blank face");
    }
    assertThat(events()).isEmpty();
    assertThat(deadLetters()).isEmpty();

    broken.set(false);
    try (ClassifierStream stream = start(stream(config, topics, "only", factory))) {
      await().atMost(PATIENCE).until(() -> events().size() >= 10);
      assertThat(stream.isHealthy()).isTrue();
    }
    assertThat(events()).hasSize(10);
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  void namesTheStateDirectoryThatAnotherProcessUses() {
    try (ClassifierStream first = stream(config(8, FOREVER), topics, "shared")) {
      assertThat(first.failure()).isEmpty();
      assertThatThrownBy(() -> stream(config(8, FOREVER), topics, "shared"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(state.resolve("shared").toString())
          .hasMessageContaining("state.dir of its own")
          .hasMessageNotContaining("\n");
    }
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
    return start(stream(config, topics, instance));
  }

  private static ClassifierStream start(ClassifierStream stream) throws Exception {
    stream.start();
    stream.awaitRunning(PATIENCE);
    return stream;
  }

  private ClassifierStream stream(ClassifierConfig config, Topics topics, String instance) {
    return stream(config, topics, instance, FixedAnswerClassifier::new);
  }

  private ClassifierStream stream(
      ClassifierConfig config, Topics topics, String instance, ClassifierFactory factory) {
    return new ClassifierStream(
        config,
        topics,
        factory,
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "application.id",
            topics.prefix() + "classifier",
            "session.timeout.ms",
            6000, // a stream that failed stays in its group so long
            "state.dir",
            state.resolve(instance).toString()),
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

  private void sendWithHeaders(int bytes) throws Exception {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(
            topics.faceFrames().name(),
            "lobby",
            FRAMES.encode(Faces.frame("lobby", START).showing(SAD).build()));
    record.headers().add("trace", new byte[bytes]);
    try (KafkaProducer<String, byte[]> producer = producer()) {
      producer.send(record).get();
    }
  }

  private void sendCompressed(String cameraId, byte[] value) throws Exception {
    try (KafkaProducer<String, byte[]> producer = producer()) {
      producer.send(new ProducerRecord<>(topics.faceFrames().name(), cameraId, value)).get();
    }
  }

  private KafkaProducer<String, byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "compression.type",
            "gzip",
            "max.request.size",
            8 << 20),
        new StringSerializer(),
        new ByteArraySerializer());
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

  /** Fails at every face while {@code broken}. */
  private record BreakableClassifier(AtomicBoolean broken) implements EmotionClassifier {
    @Override
    public String modelId() {
      return FixedAnswerClassifier.MODEL_ID;
    }

    @Override
    public float[][] classify(float[][] faces) {
      if (broken.get()) {
        throw new IllegalStateException("no native memory");
      }
      float[][] answers = new float[faces.length][];
      Arrays.fill(answers, FixedAnswerClassifier.answerFor(SAD));
      return answers;
    }

    @Override
    public void close() {}
  }
}
