// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import io.emotionstream.benchmarks.endtoend.BenchReport.Percentiles;
import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * A read_committed consumer of events and windows, in a thread of its own, that takes the time
 * since their frames were due.
 *
 * <p>The generator sends a camera's frames evenly, so the capture times of a window's frames are
 * known from its first, its last and their number.
 */
final class LatencyProbe implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long MAX_MICROS = Duration.ofMinutes(10).toNanos() / 1000;

  private final AvroSerde<EmotionEvent> events = AvroSerde.of(EmotionEvent.class);
  private final AvroSerde<EmotionDistribution> distributions =
      AvroSerde.of(EmotionDistribution.class);
  private final Topics topics;
  private final Duration grace;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread = new Thread(this::run, "latency-probe");
  private Instant from = Instant.MAX;
  private long seen;
  private Histogram frameToEvent = histogram();
  private Histogram frameToWindow = histogram();
  private Histogram windowDelay = histogram();
  private @Nullable Throwable failure;

  private LatencyProbe(String bootstrapServers, Topics topics, Duration grace) {
    this.topics = topics;
    this.grace = grace;
    this.consumer =
        CommittedRecords.readFromEnd(
            bootstrapServers, topics.emotionEvents(), topics.distributions());
  }

  /**
   * Starts at the end of the topics.
   *
   * @param grace of the windows
   */
  static LatencyProbe start(String bootstrapServers, Topics topics, Duration grace) {
    LatencyProbe probe = new LatencyProbe(bootstrapServers, topics, grace);
    probe.thread.start();
    return probe;
  }

  /** Forgets what was measured; frames due before {@code begin} are seen but not measured. */
  synchronized void measureFrom(Instant begin) {
    from = begin;
    frameToEvent = histogram();
    frameToWindow = histogram();
    windowDelay = histogram();
  }

  /** Returns when so many events were seen since the start. */
  synchronized void await(long count, Duration timeout)
      throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (seen < count) {
      if (failure != null) {
        throw new IllegalStateException("events could not be read: " + failure, failure);
      }
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new TimeoutException(
            "%d of %d events came within %s".formatted(seen, count, timeout));
      }
      wait(left);
    }
  }

  synchronized long measured() {
    return frameToEvent.getTotalCount();
  }

  synchronized Percentiles frameToEvent() {
    return percentiles(frameToEvent);
  }

  synchronized Percentiles frameToWindow() {
    return percentiles(frameToWindow);
  }

  synchronized Percentiles windowDelay() {
    return percentiles(windowDelay);
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns percentiles in milliseconds; zero where nothing was measured. */
  static Percentiles percentiles(Histogram micros) {
    return new Percentiles(
        micros.getValueAtPercentile(50) / 1000.0,
        micros.getValueAtPercentile(90) / 1000.0,
        micros.getValueAtPercentile(99) / 1000.0,
        micros.getMaxValue() / 1000.0);
  }

  private void run() {
    try (consumer) {
      while (true) {
        var records = consumer.poll(POLL);
        Instant now = Instant.now();
        take(records, now);
      }
    } catch (WakeupException e) {
      // close() was called
    } catch (RuntimeException | Error e) {
      synchronized (this) {
        failure = e;
        notifyAll();
      }
    }
  }

  private synchronized void take(Iterable<ConsumerRecord<byte[], byte[]>> records, Instant now) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.topic().equals(topics.emotionEvents().name())) {
        seen++;
        record(frameToEvent, events.decode(record.value()).getCapturedAt(), now);
      } else {
        take(distributions.decode(record.value()), now);
      }
    }
    notifyAll();
  }

  private void take(EmotionDistribution window, Instant now) {
    if (window.getWindowStart().isBefore(from)) {
      return;
    }
    record(windowDelay, window.getWindowEnd().plus(grace), now);
    if (window.getTotal() == 0) {
      return;
    }
    Instant first = window.getFirstFaceAt();
    long span = ChronoUnit.MICROS.between(first, window.getLastFaceAt());
    long steps = Math.max(1, window.getTotal() - 1);
    for (long face = 0; face < window.getTotal(); face++) {
      record(frameToWindow, first.plus(span * face / steps, ChronoUnit.MICROS), now);
    }
  }

  private void record(Histogram histogram, Instant due, Instant now) {
    if (!due.isBefore(from)) {
      long micros = ChronoUnit.MICROS.between(due, now);
      histogram.recordValue(Math.min(MAX_MICROS, Math.max(0, micros)));
    }
  }

  private static Histogram histogram() {
    return new Histogram(MAX_MICROS, 3);
  }
}
