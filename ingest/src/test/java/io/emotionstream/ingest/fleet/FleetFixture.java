// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import static org.awaitility.Awaitility.await;

import io.emotionstream.ingest.health.CameraHealth;
import io.emotionstream.ingest.publish.Camera;
import io.emotionstream.ingest.publish.FramePublisher;
import io.emotionstream.ingest.publish.Outbox;
import io.emotionstream.ingest.source.SourceSpec;
import io.emotionstream.ingest.source.VideoSpec;
import io.emotionstream.ingest.video.FaceFinderFactory;
import io.emotionstream.ingest.video.FinderSettings;
import io.emotionstream.schemas.CameraHeartbeat;
import io.emotionstream.schemas.FaceFrame;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A fleet on Kafka's own fake broker. */
final class FleetFixture implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  final MockProducer<String, SpecificRecord> broker =
      new MockProducer<>(true, null, new StringSerializer(), (topic, value) -> new byte[0]);
  final List<Throwable> failures = new CopyOnWriteArrayList<>();
  final FramePublisher publisher = new FramePublisher(broker, "face-frames", failures::add);
  final Outbox outbox = new Outbox(publisher, Outbox.DEFAULT_CAPACITY);
  final Fleet fleet;

  private FleetFixture(FleetConfig config, List<CameraSpec> cameras, FaceFinderFactory finders) {
    fleet =
        new Fleet(
            config,
            cameras,
            finders,
            id -> new Camera(id, "run", InstantSource.system()),
            outbox,
            Duration.ofMillis(200),
            InstantSource.system(),
            skipped -> {});
    fleet.start();
  }

  static FleetFixture of(CameraSpec... cameras) {
    return new FleetFixture(
        FleetConfig.defaults(), List.of(cameras), (id, settings) -> new RegionFinder(id));
  }

  static FleetFixture with(FaceFinderFactory finders, CameraSpec... cameras) {
    return new FleetFixture(FleetConfig.defaults(), List.of(cameras), finders);
  }

  static FleetFixture reading(Path camerasFile) {
    return reading(camerasFile, (id, settings) -> new RegionFinder(id));
  }

  static FleetFixture reading(Path camerasFile, FaceFinderFactory finders) {
    FleetConfig usual = FleetConfig.defaults();
    return new FleetFixture(
        new FleetConfig(
            Optional.of(camerasFile),
            usual.realtime(),
            usual.detect(),
            usual.finder(),
            usual.dropPolicy(),
            usual.bufferBytes(),
            Math.max(2, usual.workers()), // one camera may hang
            true),
        List.of(),
        finders);
  }

  static CameraSpec camera(String id, String uri) {
    return camera(id, uri, CameraSpec.DEFAULT_FROZEN_AFTER);
  }

  static CameraSpec camera(String id, String uri, Duration frozenAfter) {
    VideoSpec source = (VideoSpec) SourceSpec.parse(uri);
    return new CameraSpec(
        id, source, FinderSettings.defaults(), DropPolicy.usual(source), frozenAfter, true);
  }

  CameraHealth health(String id) {
    return fleet.health().stream()
        .filter(camera -> camera.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  void awaitHealth(String id, Predicate<CameraHealth> expected) {
    await(id).atMost(PATIENCE).until(() -> health(id), expected);
  }

  void awaitDone() throws InterruptedException {
    await().atMost(PATIENCE).until(fleet::isDone);
    outbox.drain(PATIENCE);
  }

  List<FaceFrame> frames(String camera) {
    return broker.history().stream()
        .filter(message -> message.key().equals(camera))
        .map(message -> message.value())
        .filter(FaceFrame.class::isInstance)
        .map(FaceFrame.class::cast)
        .toList();
  }

  List<CameraHeartbeat> heartbeats(String camera) {
    return broker.history().stream()
        .filter(message -> message.key().equals(camera))
        .map(message -> message.value())
        .filter(CameraHeartbeat.class::isInstance)
        .map(CameraHeartbeat.class::cast)
        .toList();
  }

  @Override
  public void close() {
    fleet.close();
    outbox.close();
  }
}
