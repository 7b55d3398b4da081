// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import io.emotionstream.operations.Operations;
import io.emotionstream.schemas.RecordFormat;
import io.emotionstream.schemas.Topics;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes emotion events, late events and distributions into PostgreSQL, exactly once whatever
 * crashes: a batch's rows and its Kafka offsets commit in one database transaction, and a restart
 * goes on from the offsets in the database.
 *
 * <p>Several sinks of one group share the partitions; one that lost a partition without knowing is
 * refused by the database. While the database is away the sink waits, stays in its group and says
 * so in {@link #isHealthy}. A record that cannot become a row goes to {@code rejected_records} in
 * the same transaction and stops nothing. The offsets that the group commits to Kafka are for lag
 * monitors only.
 *
 * <p>Safe for use by several threads.
 */
public final class AnalyticsSink implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AnalyticsSink.class);
  private static final Duration FIRST_RETRY = Duration.ofMillis(200);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(10);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final Duration ABORT_LIMIT = Duration.ofSeconds(10);

  private final SinkConfig config;
  private final Topics topics;
  private final Map<String, Object> kafkaSettings;
  private final InstantSource clock;
  private volatile @Nullable SinkLoop loop;
  private volatile @Nullable Operations operations;
  private @Nullable Thread thread;

  /**
   * Makes a sink that does nothing yet.
   *
   * @param kafkaSettings consumer settings, at least {@code bootstrap.servers}; they override the
   *     sink's own, of which {@code group.id} is {@code emotion-sink}
   */
  public AnalyticsSink(SinkConfig config, Topics topics, Map<String, Object> kafkaSettings) {
    this(config, topics, kafkaSettings, InstantSource.system());
  }

  AnalyticsSink(
      SinkConfig config, Topics topics, Map<String, Object> kafkaSettings, InstantSource clock) {
    this.config = config;
    this.topics = topics;
    this.kafkaSettings = Map.copyOf(kafkaSettings);
    this.clock = clock;
  }

  /**
   * Brings the tables up to date and starts to write in a thread of its own. If the database does
   * not answer yet, the thread goes on trying and {@link #isHealthy} tells when it has.
   *
   * @throws SinkException if the database refuses: a wrong password, a missing right
   * @throws org.apache.kafka.common.KafkaException if a Kafka setting is wrong
   * @throws IllegalStateException if it was started before
   */
  public synchronized void start() {
    if (loop != null) {
      throw new IllegalStateException("the sink was started before; make another one");
    }
    log.info("sink writes to {}", config);
    Store store = connect();
    try {
      SinkLoop started = loop(store);
      loop = started;
      thread = new Thread(started, "emotion-sink");
      thread.start();
    } catch (RuntimeException e) {
      if (store != null) {
        store.close();
      }
      throw e;
    }
  }

  /** Whether it is running and the database took what it last wrote. */
  public boolean isHealthy() {
    SinkLoop running = loop;
    return running != null && running.isHealthy();
  }

  /** Returns why it stopped by itself, if it did; a {@link SinkException} if for the database. */
  public Optional<Throwable> failure() {
    SinkLoop running = loop;
    return running == null ? Optional.empty() : running.failure();
  }

  /**
   * Adds what this sink does, and whether it works, to {@code watcher}, which outlives it; to be
   * called before the start.
   */
  public void addTo(Operations watcher) {
    operations = watcher;
    Map<String, Object> settings = consumerSettings();
    watcher.metrics(new SinkReport(this::metrics, this::lastCommit, clock));
    watcher.watchKafka(
        settings, Set.of(String.valueOf(settings.get(ConsumerConfig.GROUP_ID_CONFIG))));
    watcher.live("sink", () -> failure().map(cause -> String.valueOf(cause.getMessage())));
    watcher.ready("database", this::problem);
  }

  private Optional<String> problem() {
    SinkLoop running = loop;
    return running == null ? Optional.of("the sink has not started yet") : running.problem();
  }

  private Optional<Instant> lastCommit() {
    SinkLoop running = loop;
    return running == null ? Optional.empty() : running.lastCommit();
  }

  /** Returns what it has done until now. */
  public SinkMetrics metrics() {
    SinkLoop running = loop;
    return running == null ? SinkMetrics.NONE : running.metrics();
  }

  /**
   * Finishes the batch in hand and stops; takes 45 s at most, if the database hangs. What was not
   * written is written by the next sink. Idempotent.
   */
  @Override
  public synchronized void close() {
    SinkLoop running = loop;
    if (running == null || thread == null) {
      return;
    }
    running.stop();
    try {
      thread.join(STOP_LIMIT.toMillis());
      if (thread.isAlive()) {
        log.warn("the database does not answer: the batch in hand is left to the next sink");
        running.abort();
        thread.interrupt();
        thread.join(ABORT_LIMIT.toMillis());
      }
    } catch (SQLException e) {
      log.warn("the database's connection cannot be cut: {}", e.getMessage());
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Store connect() {
    try {
      return Store.open(config, clock);
    } catch (SQLException e) {
      if (!SqlErrors.isTransient(e)) {
        throw SinkException.of(config, e);
      }
      log.warn(
          "{} does not answer yet: {}; trying again until it does",
          config.login().maskedUrl(),
          SqlErrors.describe(e));
      return null;
    }
  }

  private SinkLoop loop(@Nullable Store store) {
    Map<String, Object> settings = consumerSettings();
    RecordFormat format = RecordFormat.of(settings);
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    Operations watcher = operations;
    if (watcher != null) {
      watcher.consumer(consumer);
    }
    return new SinkLoop(
        consumer,
        new BatchDecoder(topics, format),
        new Positions(consumer, new TopicIds(settings)),
        config,
        store,
        new Backoff(FIRST_RETRY, LONGEST_RETRY, new Random()),
        clock);
  }

  private Map<String, Object> consumerSettings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, "emotion-sink");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, true);
    settings.put(ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG, 1000);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.maxBatch());
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.putAll(kafkaSettings);
    return settings;
  }
}
