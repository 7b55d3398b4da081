// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.json;

import io.emotionstream.operations.Operations;
import io.emotionstream.schemas.AccessRights;
import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.RecordFormat;
import io.emotionstream.schemas.Topic;
import io.emotionstream.schemas.TopicAdmin;
import io.emotionstream.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies events, late events and distributions to topics of JSON beside them ({@link
 * Topics#json()}), each record once whatever crashes ({@code exactly_once_v2}), under its key, its
 * timestamp and in its order. The topics of Avro and whoever reads them are left alone.
 *
 * <p>Any failure stops it and is kept: whoever runs it starts it again. Safe for use by several
 * threads.
 */
public final class JsonBridge implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JsonBridge.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

  private final Topics topics;
  private final StreamsConfig settings;
  private final KafkaStreams streams;
  private final AtomicLong skipped = new AtomicLong();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /**
   * Prepares a bridge that does nothing yet.
   *
   * @param kafkaSettings at least {@code bootstrap.servers}; applied last, over an application id
   *     of {@value AccessRights#DEFAULT_JSON_ID}
   * @throws org.apache.kafka.common.KafkaException if they are invalid
   */
  public JsonBridge(Topics topics, Map<String, Object> kafkaSettings) {
    this.topics = topics;
    Map<String, Object> all = new HashMap<>();
    all.put(StreamsConfig.APPLICATION_ID_CONFIG, AccessRights.DEFAULT_JSON_ID);
    all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
    all.putAll(kafkaSettings);
    this.settings = new StreamsConfig(all);
    this.streams = new KafkaStreams(topology(RecordFormat.of(kafkaSettings)), settings);
    streams.setUncaughtExceptionHandler(
        e -> {
          failure.compareAndSet(null, e);
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
  }

  /**
   * Checks the topics and starts to copy.
   *
   * @throws IllegalStateException if one is missing
   * @throws org.apache.kafka.common.KafkaException if the broker refuses or does not answer
   */
  public void start() {
    try (Admin admin = Admin.create(settings.getAdminConfigs("emotion-json-check"))) {
      List<Topic> needed = Stream.concat(results().stream(), topics.json().stream()).toList();
      Set<String> there = new TopicAdmin(admin).partitions(needed).keySet();
      List<String> missing =
          needed.stream().map(Topic::name).filter(name -> !there.contains(name)).toList();
      if (!missing.isEmpty()) {
        throw new IllegalStateException(
            "topics %s are missing: create them with ./emotion topics create --json"
                .formatted(missing));
      }
    }
    streams.start();
    LOG.info("copying to {}", topics.json().stream().map(Topic::name).toList());
  }

  /** Shows how it does. */
  public void addTo(Operations operations) {
    operations.streams(streams);
    operations.watchKafka(
        settings.getAdminConfigs("emotion-json-probe"),
        Set.of(settings.getString(StreamsConfig.APPLICATION_ID_CONFIG)));
    operations.live("bridge", () -> failure().map(Throwable::toString));
    operations.ready(
        "bridge",
        () ->
            streams.state() == KafkaStreams.State.RUNNING
                ? Optional.empty()
                : Optional.of("the bridge is " + streams.state() + ", expected RUNNING"));
  }

  /** Returns why it stopped by itself, if it did. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  /** Returns how many records had no copy since the start, for they were damaged. */
  public long skipped() {
    return skipped.get();
  }

  /** Commits what was copied and leaves; idempotent. */
  @Override
  public void close() {
    streams.close(
        CloseOptions.timeout(CLOSE_TIMEOUT)
            .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
  }

  private Topology topology(RecordFormat format) {
    Topology topology = new Topology();
    AvroSerde<EmotionEvent> events = format.serde(EmotionEvent.class);
    AvroSerde<EmotionDistribution> distributions = format.serde(EmotionDistribution.class);
    copy(topology, topics.emotionEvents(), events);
    copy(topology, topics.lateEvents(), events);
    copy(topology, topics.distributions(), distributions);
    return topology;
  }

  private void copy(Topology topology, Topic from, AvroSerde<? extends SpecificRecord> serde) {
    String reader = "read-" + from.name();
    String converter = "convert-" + from.name();
    topology.addSource(
        AutoOffsetReset.earliest(),
        reader,
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        from.name());
    topology.addProcessor(converter, () -> new JsonProcessor(serde, skipped), reader);
    topology.addSink(
        "write-" + from.name(),
        Topics.jsonOf(from).name(),
        new ByteArraySerializer(),
        new ByteArraySerializer(),
        converter);
  }

  private List<Topic> results() {
    return List.of(topics.emotionEvents(), topics.lateEvents(), topics.distributions());
  }
}
