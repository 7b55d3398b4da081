// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.CameraHeartbeat;
import io.emotionstream.schemas.FaceFrame;
import io.emotionstream.schemas.TopicAdmin;
import io.emotionstream.schemas.Topics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Frames that lie on their topic before the stream starts, so that it never waits for one. Ends
 * with a last heartbeat of each camera, which closes all windows.
 *
 * @param topics with a prefix of their own
 * @param cameras their ids
 * @param faces number of frames
 */
record Backlog(Topics topics, List<String> cameras, long faces) {
  /** A camera shows so many faces a second, in capture time. */
  static final int FACES_PER_SECOND = 10;

  /** Creates the topics and publishes the frames, which are kept as long as the broker is. */
  @SuppressWarnings("FutureReturnValueIgnored") // acknowledgements tell
  static Backlog publish(
      String bootstrapServers, Topics topics, int cameraCount, long faces, Frames frames)
      throws IOException, InterruptedException {
    create(bootstrapServers, topics);
    List<String> cameras = Frames.cameras(cameraCount, topics.partitions());
    Duration span = Duration.ofMillis(faces / cameraCount * 1000 / FACES_PER_SECOND);
    Instant end = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Instant start = end.minus(span);
    String topic = topics.faceFrames().name();
    Acknowledgements acknowledgements = new Acknowledgements();
    try (KafkaProducer<String, SpecificRecord> producer = producer(bootstrapServers, 20)) {
      for (long i = 0; i < faces; i++) {
        String camera = cameras.get((int) (i % cameraCount));
        Instant capturedAt = start.plusMillis(i / cameraCount * 1000 / FACES_PER_SECOND);
        FaceFrame frame = frames.frame(camera, i, capturedAt);
        producer.send(
            new ProducerRecord<>(topic, null, capturedAt.toEpochMilli(), camera, frame),
            acknowledgements);
      }
      for (String camera : cameras) {
        CameraHeartbeat last =
            CameraHeartbeat.newBuilder()
                .setCameraId(camera)
                .setObservedAt(end)
                .setEnded(true)
                .build();
        producer.send(
            new ProducerRecord<>(topic, null, end.toEpochMilli(), camera, last), acknowledgements);
      }
      producer.flush();
      acknowledgements.check();
    }
    return new Backlog(topics, cameras, faces);
  }

  /** Creates the topics of the contract, but keeps frames for a day. */
  static void create(String bootstrapServers, Topics topics)
      throws IOException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      new TopicAdmin(admin).create(topics);
      ConfigResource frames =
          new ConfigResource(ConfigResource.Type.TOPIC, topics.faceFrames().name());
      String day = Long.toString(Duration.ofDays(1).toMillis());
      AlterConfigOp keep =
          new AlterConfigOp(new ConfigEntry("retention.ms", day), AlterConfigOp.OpType.SET);
      admin.incrementalAlterConfigs(Map.of(frames, List.of(keep))).all().get();
    } catch (ExecutionException e) {
      throw new IOException("the broker refuses the topics: " + e.getCause(), e);
    }
  }

  /** Returns a producer as ingest has it: idempotent, acknowledged, uncompressed. */
  static KafkaProducer<String, SpecificRecord> producer(String bootstrapServers, int lingerMillis) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "acks",
            "all",
            "enable.idempotence",
            true,
            "linger.ms",
            lingerMillis),
        new StringSerializer(),
        AvroSerde.<SpecificRecord>of(FaceFrame.class, CameraHeartbeat.class).serializer());
  }
}
