// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.CameraHeartbeat;
import io.emotionstream.schemas.FaceFrame;
import io.emotionstream.schemas.Topics;
import io.emotionstream.testkit.BrokerExtension;
import io.emotionstream.testkit.TestBroker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BrokerExtension.class)
class IngestIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AvroSerde<SpecificRecord> SERDE =
      AvroSerde.of(FaceFrame.class, CameraHeartbeat.class);

  private final TestBroker broker;

  IngestIT(TestBroker broker) {
    this.broker = broker;
  }

  @Test
  void everyFaceIsOnTheTopicInTheOrderOfItsCamera() {
    Topics topics = broker.newTopics(2);

    try (Ingest ingest = ingest(topics, OptionalDouble.empty(), 3, "synthetic:?count=1000")) {
      ingest.start();
      assertThat(ingest.awaitDone(PATIENCE)).isTrue();
      assertThat(ingest.counts().acknowledged()).isEqualTo(1000);
      assertThat(ingest.counts().heartbeats()).isGreaterThanOrEqualTo(3);
    }

    Map<String, List<ConsumerRecord<String, SpecificRecord>>> byCamera =
        broker.committed(topics.faceFrames(), SERDE).stream().collect(groupingBy(r -> r.key()));
    assertThat(byCamera).containsOnlyKeys("cam-1", "cam-2", "cam-3");
    assertThat(byCamera.values()).allSatisfy(IngestIT::isOneCamerasRun);
    assertThat(byCamera.values().stream().mapToLong(IngestIT::frames).sum()).isEqualTo(1000);
  }

  @Test
  void lowRateKeepsTimeMovingAndFinishEndsEveryCamera() {
    Topics topics = broker.newTopics(2);

    try (Ingest ingest = ingest(topics, OptionalDouble.of(2), 2, "synthetic:")) {
      ingest.start();
      await().atMost(PATIENCE).until(() -> ingest.counts().heartbeats() >= 4);
      ingest.finish();
      assertThat(ingest.isDone()).isTrue();
    }

    Map<String, List<ConsumerRecord<String, SpecificRecord>>> byCamera =
        broker.committed(topics.faceFrames(), SERDE).stream().collect(groupingBy(r -> r.key()));
    assertThat(byCamera).containsOnlyKeys("cam-1", "cam-2");
    assertThat(byCamera.values()).allSatisfy(IngestIT::isOneCamerasRun);
  }

  @Test
  void rawKafkaSettingsReachTheProducer() {
    IngestConfig config = config(OptionalDouble.empty(), 1, "synthetic:?count=5");
    Topics missing = new Topics(broker.newPrefix(), 1, (short) -1);
    Map<String, Object> settings =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "max.block.ms", "300");

    try (Ingest ingest = new Ingest(config, missing, settings, InstantSource.system())) {
      ingest.start();

      assertThatIllegalStateException()
          .isThrownBy(() -> ingest.awaitDone(PATIENCE))
          .withMessageContaining(missing.faceFrames().name())
          .withMessageContaining("not present in metadata after 300 ms")
          .withMessageContaining("'./emotion topics create' made the topic");
    }
  }

  /** Frames numbered from 0, times that increase, the end last and once. */
  private static void isOneCamerasRun(List<ConsumerRecord<String, SpecificRecord>> records) {
    long sequence = 0;
    long last = Long.MIN_VALUE;
    for (int i = 0; i < records.size(); i++) {
      ConsumerRecord<String, SpecificRecord> message = records.get(i);
      long micros;
      if (message.value() instanceof FaceFrame frame) {
        assertThat(frame.getSequence()).isEqualTo(sequence++);
        assertThat(frame.getCameraId()).isEqualTo(message.key());
        micros = micros(frame.getCapturedAt());
      } else {
        CameraHeartbeat heartbeat = (CameraHeartbeat) message.value();
        assertThat(heartbeat.getEnded()).isEqualTo(i == records.size() - 1);
        micros = micros(heartbeat.getObservedAt());
      }
      assertThat(micros).isGreaterThan(last);
      assertThat(message.timestamp()).isEqualTo(micros / 1000);
      last = micros;
    }
    assertThat(records.get(records.size() - 1).value()).isInstanceOf(CameraHeartbeat.class);
  }

  private static long frames(List<ConsumerRecord<String, SpecificRecord>> records) {
    return records.stream().filter(message -> message.value() instanceof FaceFrame).count();
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private Ingest ingest(Topics topics, OptionalDouble rate, int cameras, String source) {
    Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
    return new Ingest(config(rate, cameras, source), topics, settings, InstantSource.system());
  }

  private static IngestConfig config(OptionalDouble rate, int cameras, String source) {
    return new IngestConfig(List.of(source), cameras, rate, Duration.ofMillis(300));
  }
}
