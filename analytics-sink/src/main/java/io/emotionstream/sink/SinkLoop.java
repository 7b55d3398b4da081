// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls, stores, and stands back when the database is away.
 *
 * <p>Whatever fails on the way of a batch is handled alike: go back to the last known offsets,
 * pause, wait while polling on to stay in the group, connect again, ask the database for the
 * offsets, go on from there. So a batch whose commit was answered or not, a new assignment and a
 * restart are the same case.
 */
final class SinkLoop implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(SinkLoop.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration RETENTION_EVERY = Duration.ofHours(1);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  private final Consumer<byte[], byte[]> consumer;
  private final BatchDecoder decoder;
  private final Positions positions;
  private final SinkConfig config;
  private final Backoff backoff;
  private final InstantSource clock;

  /** Where records were polled since the last write: they come again. */
  private final Set<TopicPartition> unwritten = new HashSet<>();

  private volatile @Nullable Store store;
  private volatile @Nullable Throwable failure;
  private volatile @Nullable Instant lastCommit;
  private volatile SinkMetrics metrics = SinkMetrics.NONE; // written by the loop's thread only
  private volatile @Nullable String problem; // why it does not write; null while it does
  private volatile boolean stopping;
  private Instant retentionDue = Instant.MIN;
  private long waitUntil = System.nanoTime();

  /**
   * @param store open, or null if the first attempt to reach the database has failed
   */
  SinkLoop(
      Consumer<byte[], byte[]> consumer,
      BatchDecoder decoder,
      Positions positions,
      SinkConfig config,
      @Nullable Store store,
      Backoff backoff,
      InstantSource clock) {
    this.consumer = consumer;
    this.decoder = decoder;
    this.positions = positions;
    this.config = config;
    this.store = store;
    this.backoff = backoff;
    this.clock = clock;
    this.problem = store == null ? "the database has not answered yet" : null;
  }

  boolean isHealthy() {
    return problem == null;
  }

  /** Returns why it does not write, in one line; empty while it does. */
  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /** Returns when it last committed a batch; empty before the first. */
  Optional<Instant> lastCommit() {
    return Optional.ofNullable(lastCommit);
  }

  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  SinkMetrics metrics() {
    return metrics;
  }

  /** Makes {@link #run} return after the batch in hand. */
  void stop() {
    stopping = true;
  }

  /** Cuts the batch in hand short; it is rolled back. */
  void abort() throws SQLException {
    Store open = store;
    if (open != null) {
      open.abort();
    }
  }

  @Override
  public void run() {
    try {
      consumer.subscribe(decoder.topicNames(), positions);
      while (!stopping) {
        step();
      }
    } catch (Throwable e) { // the thread ends here: its owner is told
      if (stopping) {
        log.warn("the batch in hand failed while the sink stopped: {}", e.toString());
      } else {
        failure = e;
        log.error("sink has stopped: {}", e.getMessage());
      }
    } finally {
      problem = stopping ? "the sink was stopped" : "the sink has stopped: " + failure;
      closeStore();
      closeConsumer();
    }
  }

  private void step() {
    try {
      long wait = waitUntil - System.nanoTime();
      if (wait > 0) {
        consumer.poll(Duration.ofNanos(Math.min(wait, POLL.toNanos()))); // all is paused
      } else {
        pollAndWrite();
      }
    } catch (SQLException e) {
      if (!SqlErrors.isTransient(e)) {
        positions.rewind(); // or closing would commit, for lag monitors, what is not stored
        throw SinkException.of(config, e);
      }
      closeStore();
      standBack("cannot reach or use the database: " + SqlErrors.describe(e));
    } catch (StaleOffsetException | RetriableException e) {
      standBack(String.valueOf(e.getMessage()));
    }
  }

  private void pollAndWrite() throws SQLException {
    Store open = connected();
    if (positions.areUnknown()) {
      positions.restore(open);
    }
    applyRetention(open);
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    if (!records.isEmpty()) {
      write(open, records);
    } else if (Collections.disjoint(unwritten, consumer.assignment())) {
      recovered(); // or else a database with a full disk would: it answers, but takes nothing
    }
  }

  private void write(Store open, ConsumerRecords<byte[], byte[]> records) throws SQLException {
    unwritten.addAll(records.partitions());
    Batch batch = decoder.decode(records, positions.stored());
    SinkMetrics written = open.write(batch);
    positions.moved(batch.advances());
    unwritten.clear();
    lastCommit = clock.instant();
    recovered();
    metrics = metrics.plus(written);
  }

  private Store connected() throws SQLException {
    Store open = store;
    if (open == null) {
      open = Store.open(config, clock);
      store = open;
    }
    return open;
  }

  private void applyRetention(Store open) throws SQLException {
    if (clock.instant().isBefore(retentionDue)) {
      return;
    }
    var dropped = open.applyRetention();
    if (!dropped.isEmpty()) {
      log.info("retention dropped the events of {}", dropped);
    }
    retentionDue = clock.instant().plus(RETENTION_EVERY);
  }

  private void standBack(String why) {
    problem = why;
    metrics = metrics.plusRetry();
    positions.rewind();
    Duration wait = backoff.next();
    waitUntil = System.nanoTime() + wait.toNanos();
    if (backoff.attempts() == 1) {
      log.warn("{}; trying again until it works, nothing is lost", why);
    }
  }

  private void recovered() {
    if (backoff.attempts() > 0) {
      log.info("writing again after {} attempts", backoff.attempts());
      backoff.reset();
    }
    problem = null;
  }

  private void closeStore() {
    Store open = store;
    if (open != null) {
      store = null;
      open.close();
    }
  }

  private void closeConsumer() {
    try {
      consumer.close(CloseOptions.timeout(CLOSE_LIMIT));
    } catch (RuntimeException e) { // all that is stored is stored
      log.warn("the consumer did not close in order: {}", e.toString());
    }
  }
}
