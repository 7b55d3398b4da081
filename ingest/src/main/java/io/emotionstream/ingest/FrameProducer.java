// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest;

import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.CameraHeartbeat;
import io.emotionstream.schemas.FaceFrame;
import io.emotionstream.schemas.RecordFormat;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;

/** The Kafka producer of frames: idempotent, acknowledged by all replicas, uncompressed. */
final class FrameProducer {
  /** As long as Kafka's own {@code delivery.timeout.ms}. */
  private static final int MAX_BLOCK_MS = 120_000;

  private FrameProducer() {}

  /**
   * Makes a producer.
   *
   * @param settings raw client settings, which override the ones set here; {@code
   *     bootstrap.servers} is required; they name the {@link RecordFormat}, too
   * @throws IllegalArgumentException if {@code bootstrap.servers} is missing
   * @throws org.apache.kafka.common.KafkaException if a setting is invalid
   */
  static Producer<String, SpecificRecord> create(Map<String, Object> settings) {
    if (!settings.containsKey(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG)) {
      throw new IllegalArgumentException(
          "kafka.bootstrap.servers is not set: name the broker, such as localhost:9092");
    }
    Map<String, Object> all = new HashMap<>();
    all.put(ProducerConfig.CLIENT_ID_CONFIG, "emotion-ingest");
    all.put(ProducerConfig.ACKS_CONFIG, "all");
    all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // Faces hardly compress, and the codecs would bring native libraries.
    all.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
    // A producer that reaches no broker forgets its topics, and the next send waits for them: as
    // long as for an answer, or a short outage would stop whoever may lose nothing.
    all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
    all.putAll(settings);
    AvroSerde<SpecificRecord> serde =
        RecordFormat.of(settings).serde(FaceFrame.class, CameraHeartbeat.class);
    return new KafkaProducer<>(all, new StringSerializer(), serde.serializer());
  }
}
