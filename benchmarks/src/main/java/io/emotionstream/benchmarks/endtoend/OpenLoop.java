// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import io.emotionstream.schemas.Topics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Cameras that send at a steady rate whether or not anything is answered. A frame's capture time is
 * when it was due, not when it was sent: a stall of whoever is measured, or of this generator,
 * counts in full for each frame that it holds up.
 */
final class OpenLoop implements AutoCloseable {
  /** As ingest has it: Kafka's default. */
  private static final int LINGER_MILLIS = 5;

  private final String topic;
  private final List<String> cameras;
  private final Frames frames;
  private final KafkaProducer<String, SpecificRecord> producer;
  private final Acknowledgements acknowledgements = new Acknowledgements();
  private long sent;

  /**
   * What was sent.
   *
   * @param firstDue capture time of the first frame
   * @param lastDue capture time of the last frame
   * @param latest how late a frame was sent at worst
   */
  record Sending(long frames, Instant firstDue, Instant lastDue, Duration latest) {}

  OpenLoop(String bootstrapServers, Topics topics, List<String> cameras, Frames frames) {
    this.topic = topics.faceFrames().name();
    this.cameras = cameras;
    this.frames = frames;
    this.producer = Backlog.producer(bootstrapServers, LINGER_MILLIS);
  }

  /** Sends for {@code duration}, then returns when all is acknowledged. */
  @SuppressWarnings("FutureReturnValueIgnored") // acknowledgements tell
  Sending send(double facesPerSecond, Duration duration) throws IOException {
    long count = Math.max(1, Math.round(duration.toNanos() / 1e9 * facesPerSecond));
    long start = System.nanoTime();
    Instant wallStart = Instant.now();
    long latest = 0;
    Instant due = wallStart;
    for (long i = 0; i < count; i++) {
      long offset = (long) (i / facesPerSecond * 1e9);
      for (long wait = start + offset - System.nanoTime();
          wait > 0;
          wait = start + offset - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      latest = Math.max(latest, System.nanoTime() - start - offset);
      due = wallStart.plusNanos(offset).truncatedTo(ChronoUnit.MICROS);
      String camera = cameras.get((int) (i % cameras.size()));
      producer.send(
          new ProducerRecord<>(
              topic, null, due.toEpochMilli(), camera, frames.frame(camera, sent++, due)),
          acknowledgements);
    }
    producer.flush();
    acknowledgements.check();
    return new Sending(count, wallStart, due, Duration.ofNanos(latest));
  }

  @Override
  public void close() {
    producer.close();
  }
}
