// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.model.ModelBundle;
import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.ModelChoice;
import io.emotionstream.schemas.RecordFormat;
import io.emotionstream.schemas.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the control topic {@code emotion-models} and gives each bundle that is chosen there to
 * the {@link ClassifierPool}, whose threads take it between two batches. A choice that cannot be
 * used is refused: the reason is kept and logged, and the model before stays.
 *
 * <p>It reads outside of the topology: which model classifies is not part of a transaction, for
 * every event names its model and a frame that is classified again after a failure may be so by
 * another.
 */
final class ModelWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelWatch.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

  private final ClassifierPool pool;
  private final int threads;
  private final TopicPartition partition;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final AvroSerde<ModelChoice> serde;
  private final Thread thread = new Thread(this::follow, "model-watch");
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private volatile boolean closed;
  private volatile @Nullable String refusal;

  /**
   * @param settings of a consumer without a group
   */
  ModelWatch(
      ClassifierPool pool,
      int threads,
      Topic topic,
      RecordFormat format,
      Map<String, Object> settings) {
    this.serde = format.serde(ModelChoice.class);
    this.pool = pool;
    this.threads = threads;
    this.partition = new TopicPartition(topic.name(), 0);
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Takes the last choice that is on the topic now, then follows it. */
  void start() {
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    @Nullable ConsumerRecord<byte[], byte[]> last = null;
    while (consumer.position(partition) < end) {
      last = lastOf(consumer.poll(POLL), last);
    }
    if (last != null) {
      take(last.value());
    }
    thread.start();
  }

  /** Returns why the last choice was refused; empty if it was taken, or there was none. */
  Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** Returns how many choices were taken. */
  long taken() {
    return taken.get();
  }

  /** Returns how many choices were refused. */
  long refused() {
    return refused.get();
  }

  @Override
  public void close() {
    closed = true;
    if (!thread.isAlive()) {
      consumer.close();
      return;
    }
    consumer.wakeup();
    try {
      thread.join(CLOSE_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() {
    try (consumer) {
      while (!closed) {
        poll();
      }
    } catch (WakeupException | InterruptException e) {
      // close() was called
    }
  }

  private void poll() {
    try {
      ConsumerRecord<byte[], byte[]> last = lastOf(consumer.poll(POLL), null);
      if (last != null) {
        take(last.value());
      }
    } catch (WakeupException | InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      stay("the topic " + partition.topic() + " cannot be read: " + OneLine.of(e));
      pause();
    }
  }

  private void pause() {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
  }

  private void take(byte @Nullable [] value) {
    if (value == null) {
      return; // the choice was withdrawn: the model stays
    }
    try {
      ModelChoice choice = serde.decode(value);
      if (choice.getSha256().startsWith(pool.modelId()) && !pool.modelId().isEmpty()) {
        refusal = null;
        return;
      }
      ModelBundle bundle = BundleFetcher.fetch(choice.getLocation(), choice.getSha256());
      pool.use(bundle, threads);
      refusal = null;
      taken.incrementAndGet();
      LOG.info("Model {} is used from the next batch on", bundle);
    } catch (IOException | SerializationException e) {
      refuse(OneLine.of(e));
    } catch (RuntimeException e) { // whatever its network throws
      refuse(OneLine.of(e));
    }
  }

  private void refuse(String reason) {
    refused.incrementAndGet();
    stay(reason);
  }

  private void stay(String reason) {
    if (!reason.equals(refusal)) {
      refusal = reason;
      LOG.warn("Model {} stays, for the chosen one was refused: {}", pool.modelId(), reason);
    }
  }

  private static @Nullable ConsumerRecord<byte[], byte[]> lastOf(
      ConsumerRecords<byte[], byte[]> records, @Nullable ConsumerRecord<byte[], byte[]> before) {
    ConsumerRecord<byte[], byte[]> last = before;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      last = record;
    }
    return last;
  }
}
