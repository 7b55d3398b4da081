// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emotionstream.embedded.EmbeddedBroker;
import io.emotionstream.ingest.fleet.FleetConfig;
import io.emotionstream.ingest.fleet.MjpegServer;
import io.emotionstream.ingest.fleet.Scene;
import io.emotionstream.ingest.health.CameraHealth;
import io.emotionstream.ingest.video.FaceFinder;
import io.emotionstream.ingest.video.FinderCounts;
import io.emotionstream.ingest.video.FoundFace;
import io.emotionstream.ingest.video.VideoFrame;
import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.BoundingBox;
import io.emotionstream.schemas.CameraHeartbeat;
import io.emotionstream.schemas.FaceFrame;
import io.emotionstream.schemas.FaceImage;
import io.emotionstream.schemas.ImageEncoding;
import io.emotionstream.schemas.Topics;
import io.emotionstream.testkit.TestBroker;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two live cameras go on while their broker is stopped and started again. */
class BrokerOutageIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final AvroSerde<SpecificRecord> SERDE =
      AvroSerde.of(FaceFrame.class, CameraHeartbeat.class);

  /** Some fourteen faces of {@link LargeFaces}. */
  private static final long BUFFER = 1 << 20;

  /** Under way in the producer at most, beside the buffer: what the outbox hands over. */
  private static final int PRODUCER_BUFFER = 8 << 20;

  @TempDir Path folder;

  @Test
  void outageCostsOnlyTheOldestWhichAreCountedAndMemoryIsBounded() throws Exception {
    EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"));
    try (MjpegServer camera = new MjpegServer(0, new Scene(1))) {
      int port = broker.port();
      Topics topics = TestBroker.at(broker.bootstrapServers()).newTopics(2);
      AtomicLong mostWaiting = new AtomicLong();
      List<CameraHealth> health;
      IngestCounts counts;
      try (Ingest ingest = ingest(broker, topics, camera.url())) {
        ingest.start();
        await().atMost(PATIENCE).until(() -> ingest.counts().acknowledged() > 20);

        broker.close();
        await()
            .atMost(PATIENCE)
            .until(
                () -> {
                  mostWaiting.accumulateAndGet(ingest.waitingBytes(), Math::max);
                  return ingest.health().stream().allMatch(one -> dropped(one) > 20);
                });
        assertThat(ingest.failure()).isEmpty();

        long before = ingest.counts().acknowledged();
        broker = EmbeddedBroker.start(folder.resolve("broker"), port);
        await().atMost(PATIENCE).until(() -> ingest.counts().acknowledged() > before + 200);
        ingest.finish();
        health = ingest.health();
        counts = ingest.counts();
      }

      long faces = health.stream().mapToLong(CameraHealth::faces).sum();
      long dropped = health.stream().mapToLong(BrokerOutageIT::dropped).sum();
      assertThat(mostWaiting.get()).isBetween(BUFFER / 2, BUFFER);
      assertThat(faces).isEqualTo(counts.acknowledged() + dropped);
      assertThat(counts.published()).isEqualTo(counts.acknowledged() + counts.lost());
      Map<String, List<FaceFrame>> stored =
          TestBroker.at(broker.bootstrapServers()).committed(topics.faceFrames(), SERDE).stream()
              .map(ConsumerRecord::value)
              .filter(FaceFrame.class::isInstance)
              .map(FaceFrame.class::cast)
              .collect(groupingBy(FaceFrame::getCameraId));
      assertThat(stored.values().stream().mapToLong(List::size).sum())
          .isEqualTo(counts.acknowledged());
      assertThat(stored.values())
          .hasSize(2)
          .allSatisfy(
              frames ->
                  assertThat(frames)
                      .extracting(FaceFrame::getSequence)
                      .isSorted()
                      .doesNotHaveDuplicates());
    } finally {
      broker.close();
    }
  }

  private static long dropped(CameraHealth camera) {
    return camera.dropped().getOrDefault("broker", 0L);
  }

  private static Ingest ingest(EmbeddedBroker broker, Topics topics, String url) {
    FleetConfig usual = FleetConfig.defaults();
    FleetConfig fleet =
        new FleetConfig(
            Optional.empty(),
            usual.realtime(),
            usual.detect(),
            usual.finder(),
            usual.dropPolicy(),
            BUFFER,
            usual.workers(),
            false);
    IngestConfig config =
        new IngestConfig(
            List.of(url, url), 1, OptionalDouble.empty(), Duration.ofHours(1), "cam-", fleet);
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "buffer.memory",
            PRODUCER_BUFFER,
            "reconnect.backoff.max.ms",
            500);
    return new Ingest(
        config,
        topics,
        FrameProducer.create(settings),
        InstantSource.system(),
        (id, wanted) -> new LargeFaces());
  }

  /** A face of 270 x 270 pixels in each picture. */
  private static final class LargeFaces implements FaceFinder {
    private static final int SIDE = 270;

    @Override
    public List<FoundFace> find(VideoFrame frame) {
      FaceImage image =
          new FaceImage(ImageEncoding.GRAY8, SIDE, SIDE, ByteBuffer.wrap(new byte[SIDE * SIDE]));
      return List.of(new FoundFace(image, new BoundingBox(0, 0, SIDE, SIDE), 1, Optional.empty()));
    }

    @Override
    public List<BoundingBox> places() {
      return List.of();
    }

    @Override
    public FinderCounts counts() {
      return FinderCounts.none();
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }
}
