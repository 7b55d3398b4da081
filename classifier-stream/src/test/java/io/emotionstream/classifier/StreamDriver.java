// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.model.Calibration;
import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.CameraHeartbeat;
import io.emotionstream.schemas.DeadLetter;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.FaceFrame;
import io.emotionstream.schemas.RecordFormat;
import io.emotionstream.schemas.Topic;
import io.emotionstream.schemas.Topics;
import io.emotionstream.testkit.Faces;
import io.emotionstream.testkit.FixedAnswerClassifier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology under test, with in-memory stores and a clock that the test moves. */
final class StreamDriver implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  static final Duration SIZE = Duration.ofSeconds(10);
  static final Duration GRACE = Duration.ofSeconds(2);

  /** What a frame waits for others at most, and while no other comes. */
  static final Duration LONGEST = Duration.ofMillis(25);

  static final Duration LATENCY = Duration.ofMillis(5);
  static final Duration IDLE = Duration.ofMinutes(5);

  private static final Topics TOPICS = Topics.defaults();
  private static final AvroSerde<SpecificRecord> FRAMES =
      AvroSerde.of(FaceFrame.class, CameraHeartbeat.class);

  final FixedAnswerClassifier classifier = new FixedAnswerClassifier();
  final TestOutputTopic<String, EmotionEvent> events;
  final TestOutputTopic<String, EmotionEvent> lateEvents;
  final TestOutputTopic<String, EmotionDistribution> distributions;
  final TestOutputTopic<String, DeadLetter> deadLetters;
  private final TopologyTestDriver driver;
  private final TestInputTopic<String, byte[]> frames;
  private Instant now = NOON;

  private StreamDriver(ClassifierConfig config, Function<String, Optional<Calibration>> models) {
    Properties properties = new Properties();
    properties.putAll(
        StreamsSettings.create(config, TOPICS, Map.of("bootstrap.servers", "nowhere:1")));
    driver =
        new TopologyTestDriver(
            ClassifierTopology.create(
                config,
                TOPICS,
                RecordFormat.SINGLE_OBJECT,
                new ClassifierFactory() {
                  @Override
                  public EmotionClassifier newClassifier() {
                    return classifier;
                  }

                  @Override
                  public Optional<Calibration> calibrationOf(String modelId) {
                    return models.apply(modelId);
                  }
                },
                () -> now,
                Stores::inMemoryKeyValueStore),
            properties,
            NOON);
    frames =
        driver.createInputTopic(
            TOPICS.faceFrames().name(), new StringSerializer(), new ByteArraySerializer());
    events = output(TOPICS.emotionEvents(), EmotionEvent.class);
    lateEvents = output(TOPICS.lateEvents(), EmotionEvent.class);
    distributions = output(TOPICS.distributions(), EmotionDistribution.class);
    deadLetters = output(TOPICS.deadLetters(), DeadLetter.class);
  }

  static StreamDriver withBatchesOf(int maxBatch) {
    return new StreamDriver(
        new ClassifierConfig(
            new DistributionWindow(SIZE, GRACE), maxBatch, LONGEST, 1, 64, Duration.ofMinutes(90)),
        model -> Optional.empty());
  }

  /** Faces are classified one by one, clocks may be 90 minutes ahead, idle after 5 minutes. */
  static StreamDriver withWindows(DistributionWindow... windows) {
    return new StreamDriver(config(true, windows), model -> Optional.empty());
  }

  static StreamDriver withoutEmptyWindows(DistributionWindow... windows) {
    return new StreamDriver(config(false, windows), model -> Optional.empty());
  }

  static StreamDriver calibrated(Calibration calibration, DistributionWindow... windows) {
    return new StreamDriver(config(true, windows), model -> Optional.of(calibration));
  }

  private static ClassifierConfig config(boolean emptyWindows, DistributionWindow... windows) {
    return new ClassifierConfig(
        List.of(windows), 1, LONGEST, 1, 64, Duration.ofMinutes(90), IDLE, emptyWindows);
  }

  static byte[] encoded(SpecificRecord record) {
    return FRAMES.encode(record);
  }

  FaceFrame see(String cameraId, Emotion emotion, Instant capturedAt) {
    return send(Faces.frame(cameraId, capturedAt).showing(emotion).build());
  }

  FaceFrame send(FaceFrame frame) {
    send(frame.getCameraId(), encoded(frame), frame.getCapturedAt(), new RecordHeaders());
    return frame;
  }

  void send(CameraHeartbeat sign) {
    send(sign.getCameraId(), encoded(sign), sign.getObservedAt(), new RecordHeaders());
  }

  void send(@Nullable String key, byte @Nullable [] value, Instant timestamp, Headers headers) {
    frames.pipeInput(new TestRecord<>(key, value, headers, timestamp));
  }

  void wait(Duration time) {
    now = now.plus(time);
    driver.advanceWallClockTime(time);
  }

  /** Lets every waiting face be answered. */
  void settle() {
    wait(LATENCY);
  }

  List<Instant> windowStarts() {
    return distributions.readValuesToList().stream()
        .map(EmotionDistribution::getWindowStart)
        .toList();
  }

  KeyValueStore<String, CameraWindows> cameraWindows() {
    return driver.getKeyValueStore(ClassifierTopology.CAMERA_WINDOWS);
  }

  KeyValueStore<Bytes, byte[]> panes() {
    return driver.getKeyValueStore(ClassifierTopology.WINDOW_PANES);
  }

  /** Returns the sizes of what was written to a store's changelog since the last call. */
  List<Integer> changelogSizes(String store) {
    return driver
        .createOutputTopic(
            StreamsSettings.APPLICATION_ID + "-" + store + "-changelog",
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())
        .readKeyValuesToList()
        .stream()
        .map(entry -> entry.key.length + (entry.value == null ? 0 : entry.value.length))
        .toList();
  }

  KeyValueStore<Integer, byte[]> waitingFrames() {
    return driver.getKeyValueStore(ClassifierTopology.WAITING_FRAMES);
  }

  long total(String outcome) {
    return ClassifierMetrics.total(driver.metrics(), outcome);
  }

  long waiting() {
    return ClassifierMetrics.waiting(driver.metrics());
  }

  @Override
  public void close() {
    driver.close();
  }

  private <T extends SpecificRecord> TestOutputTopic<String, T> output(Topic topic, Class<T> type) {
    return driver.createOutputTopic(
        topic.name(), new StringDeserializer(), AvroSerde.of(type).deserializer());
  }
}
