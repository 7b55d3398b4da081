// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.DeadLetter;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.RecordFormat;
import io.emotionstream.schemas.Topic;
import io.emotionstream.schemas.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology, one sub-topology:
 *
 * <pre>
 * face-frames -> classify -> emotion-events
 *                   |   \--> aggregate-windows -> emotion-distributions
 *                   v                    \------> emotion-late-events
 *            emotion-dead-letters
 * </pre>
 *
 * <p>Frames are keyed by camera and keep key and partition throughout, so nothing is repartitioned:
 * an event and its place in a window commit in one transaction, and events are not read back from
 * the broker. It is built on the Processor API because the DSL would repartition after a custom
 * processor and closes windows by the partition's stream time.
 *
 * <p>Names of nodes and stores are deployed state: renaming one orphans its state.
 */
public final class ClassifierTopology {
  static final String FACE_FRAMES = "face-frames";
  static final String CLASSIFY = "classify";
  static final String EMOTION_EVENTS = "emotion-events";
  static final String EMOTION_DEAD_LETTERS = "emotion-dead-letters";
  static final String AGGREGATE_WINDOWS = "aggregate-windows";
  static final String EMOTION_DISTRIBUTIONS = "emotion-distributions";
  static final String EMOTION_LATE_EVENTS = "emotion-late-events";

  /** Store of frames that wait for their batch: slot number to {@link Slot}. */
  static final String WAITING_FRAMES = "waiting-frames";

  /** Store of cameras' clocks and how far their windows are: camera id to {@link CameraWindows}. */
  static final String CAMERA_WINDOWS = "camera-windows";

  /** Store of what open windows hold: see {@link PaneStore}. */
  static final String WINDOW_PANES = "window-panes";

  /** Store of how models confuse the classes: model id to {@link ModelConfusions}. */
  static final String MODEL_CONFUSIONS = "model-confusions";

  /** Greatest record on the changelog of waiting frames: a frame of the greatest size fits. */
  static final int MAX_CHANGELOG_RECORD_BYTES = 2 * FrameReader.MAX_RECORD_BYTES;

  /**
   * Changelogs take records however far ahead of the broker's clock they are: its default, an hour,
   * would stop the stream at a camera whose clock is ahead.
   */
  private static final String ANY_TIME = String.valueOf(Long.MAX_VALUE);

  private ClassifierTopology() {}

  /**
   * Returns the topology with windows kept in RocksDB.
   *
   * @param format of the records on all topics
   * @param factory asked once a task, on the stream thread that will use the classifier
   * @param clock wall-clock time, for {@code classifiedAt} and to refuse times of the future
   */
  public static Topology create(
      ClassifierConfig config,
      Topics topics,
      RecordFormat format,
      ClassifierFactory factory,
      InstantSource clock) {
    return create(config, topics, format, factory, clock, Stores::persistentKeyValueStore);
  }

  /**
   * Returns the topology.
   *
   * @param format of the records on all topics
   * @param factory asked once a task, on the stream thread that will use the classifier
   * @param clock wall-clock time, for {@code classifiedAt} and to refuse times of the future
   * @param windowsStore engine of the stores of windows by their names, such as {@code
   *     Stores::inMemoryKeyValueStore}
   */
  public static Topology create(
      ClassifierConfig config,
      Topics topics,
      RecordFormat format,
      ClassifierFactory factory,
      InstantSource clock,
      Function<String, KeyValueBytesStoreSupplier> windowsStore) {
    Topology topology = new Topology();
    String frames = topics.faceFrames().name();
    topology.addSource(
        AutoOffsetReset.earliest(),
        FACE_FRAMES,
        timestamps(config, clock),
        new StringDeserializer(),
        new ByteArrayDeserializer(),
        frames);
    ThreadBatches batches = new ThreadBatches();
    topology.addProcessor(
        CLASSIFY,
        () -> new ClassifyProcessor(config, frames, factory, batches, format, clock),
        FACE_FRAMES);
    topology.addProcessor(
        AGGREGATE_WINDOWS, () -> new WindowsProcessor(config, factory::calibrationOf), CLASSIFY);
    topology.addStateStore(waitingFrames(), CLASSIFY);
    topology.addStateStore(
        ofWindows(windowsStore.apply(CAMERA_WINDOWS), Serdes.String(), new CameraWindowsSerde()),
        AGGREGATE_WINDOWS);
    topology.addStateStore(
        ofWindows(windowsStore.apply(WINDOW_PANES), Serdes.Bytes(), Serdes.ByteArray()),
        AGGREGATE_WINDOWS);
    topology.addStateStore(
        ofWindows(windowsStore.apply(MODEL_CONFUSIONS), Serdes.String(), Serdes.ByteArray()),
        AGGREGATE_WINDOWS);
    sink(topology, EMOTION_EVENTS, topics.emotionEvents(), events(format), CLASSIFY);
    sink(
        topology,
        EMOTION_DEAD_LETTERS,
        topics.deadLetters(),
        format.serde(DeadLetter.class),
        CLASSIFY);
    sink(
        topology,
        EMOTION_DISTRIBUTIONS,
        topics.distributions(),
        format.serde(EmotionDistribution.class),
        AGGREGATE_WINDOWS);
    sink(topology, EMOTION_LATE_EVENTS, topics.lateEvents(), events(format), AGGREGATE_WINDOWS);
    return topology;
  }

  /**
   * A record's own timestamp decides nothing, for the frame says when it was captured, but what
   * waits is written to the changelog under it. So one before 1970 or beyond the clock skew is
   * moved to that bound, rather than a reason to refuse the frame.
   */
  private static TimestampExtractor timestamps(ClassifierConfig config, InstantSource clock) {
    return (record, partitionTime) -> {
      long latest = clock.instant().plus(config.maxClockSkew()).toEpochMilli();
      return Math.max(0, Math.min(record.timestamp(), latest));
    };
  }

  private static AvroSerde<EmotionEvent> events(RecordFormat format) {
    return format.serde(EmotionEvent.class);
  }

  private static void sink(
      Topology topology, String node, Topic topic, AvroSerde<?> serde, String parent) {
    topology.addSink(node, topic.name(), new StringSerializer(), serde.serializer(), parent);
  }

  /**
   * In memory, for a batch is small and read back only after a change of owner. Cached, for most
   * slots are freed before the next commit: then a tombstone reaches the changelog, not the pixels.
   *
   * <p>Frames that wait at a commit, or do not fit the cache, do reach it, and they are pixels of
   * people. Once answered they are superseded, and the broker compacts them away about a quarter of
   * an hour later as long as more is written; where a partition falls silent or the application
   * stops, the last ones stay on the broker until it goes on. Batches of one write no pixels.
   */
  private static StoreBuilder<KeyValueStore<Integer, byte[]>> waitingFrames() {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(WAITING_FRAMES), Serdes.Integer(), Serdes.ByteArray())
        .withCachingEnabled()
        .withLoggingEnabled(
            Map.of(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(MAX_CHANGELOG_RECORD_BYTES),
                TopicConfig.SEGMENT_MS_CONFIG, millis(Duration.ofMinutes(5)),
                TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, millis(Duration.ofMinutes(10)),
                TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, ANY_TIME));
  }

  /** Cached, so that what many faces between two commits change is written once. */
  private static <K, V> StoreBuilder<KeyValueStore<K, V>> ofWindows(
      KeyValueBytesStoreSupplier engine, Serde<K> keys, Serde<V> values) {
    return Stores.keyValueStoreBuilder(engine, keys, values)
        .withCachingEnabled()
        .withLoggingEnabled(Map.of(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, ANY_TIME));
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }
}
