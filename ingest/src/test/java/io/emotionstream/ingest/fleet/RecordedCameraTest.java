// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import static io.emotionstream.ingest.fleet.FleetFixture.camera;
import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.ingest.health.CameraHealth;
import io.emotionstream.ingest.health.CameraState;
import io.emotionstream.ingest.video.FaceFinder;
import io.emotionstream.ingest.video.FinderCounts;
import io.emotionstream.ingest.video.FoundFace;
import io.emotionstream.ingest.video.VideoFrame;
import io.emotionstream.schemas.BoundingBox;
import io.emotionstream.schemas.CameraHeartbeat;
import io.emotionstream.schemas.FaceFrame;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedCameraTest {
  private static final int PICTURES = 50;

  @TempDir Path folder;

  @Test
  void everyPictureIsSearchedOnceAndInOrder() throws Exception {
    Path clip = clip("clip.mp4", PICTURES);

    try (FleetFixture fleet = FleetFixture.of(camera("a", "video:" + clip))) {
      fleet.awaitDone();

      List<FaceFrame> frames = fleet.frames("a");
      assertThat(frames.size()).isEqualTo(PICTURES);
      assertThat(frames).extracting(FaceFrame::getCapturedAt).isSorted().doesNotHaveDuplicates();
      assertThat(frames).extracting(FaceFrame::getSequence).startsWith(0L, 1L, 2L);
      assertThat(frames.get(0).getTrackId()).isEqualTo("a-middle");
      assertThat(frames.get(0).getBoundingBox()).isEqualTo(new BoundingBox(72, 52, 16, 16));
      List<CameraHeartbeat> beats = fleet.heartbeats("a");
      assertThat(beats.get(beats.size() - 1).getEnded()).isTrue();
      CameraHealth health = fleet.health("a");
      assertThat(health.state()).isEqualTo(CameraState.ENDED);
      assertThat(health.video()).startsWith("mpeg4 160x120");
      assertThat(health.pictures()).isEqualTo(PICTURES);
      assertThat(health.dropped()).isEmpty();
    }
  }

  @Test
  void pixelsReachTheFinderAsTheyWereDrawn() throws Exception {
    Path clip = clip("clip.mp4", 3);
    Scene scene = new Scene(1);
    List<Double> differences = Collections.synchronizedList(new ArrayList<>());
    FaceFinder compares = new Watcher(frame -> differences.add(difference(frame, scene)));

    try (FleetFixture fleet =
        FleetFixture.with((id, settings) -> compares, camera("a", "video:" + clip))) {
      fleet.awaitDone();

      // The encoder loses some, and it is told that 16 is black and 235 white.
      assertThat(differences).hasSize(3).allMatch(difference -> difference < 25);
    }
  }

  @Test
  void streamTimeDoesNotDependOnTheSpeedOfReading() throws Exception {
    Path clip = clip("clip.mp4", PICTURES);
    List<Duration> elapsed = Collections.synchronizedList(new ArrayList<>());
    FaceFinder watcher = new Watcher(frame -> elapsed.add(frame.elapsed()));

    try (FleetFixture fleet =
        FleetFixture.with((id, settings) -> watcher, camera("a", "video:" + clip))) {
      fleet.awaitDone();

      assertThat(elapsed).first().isEqualTo(Duration.ZERO);
      assertThat(elapsed).last().isEqualTo(Duration.ofMillis(40 * (PICTURES - 1)));
    }
  }

  @Test
  void startOfTheRecordingGivesCaptureTimesAndSignsOfLife() throws Exception {
    Path clip = clip("clip.mp4", PICTURES);
    String uri = "video:" + clip + "?start=2026-01-31T09:00:00Z";
    FaceFinder sees = new Watcher(frame -> {});

    try (FleetFixture fleet = FleetFixture.with((id, settings) -> sees, camera("a", uri))) {
      fleet.awaitDone();

      Instant start = Instant.parse("2026-01-31T09:00:00Z");
      assertThat(fleet.frames("a")).isEmpty();
      // 1.96 s without a face at a sign of life every 200 ms, on a grid of 40 ms, and the end.
      assertThat(fleet.heartbeats("a")).hasSize(10);
      assertThat(fleet.heartbeats("a").get(1).getObservedAt()).isEqualTo(start.plusMillis(240));
      assertThat(fleet.health("a").clock()).isEqualTo("start of the recording given");
    }
  }

  @Test
  void realTimeTakesAsLongAsItPlays() throws Exception {
    Path clip = clip("clip.mp4", 25);
    long start = System.nanoTime();

    try (FleetFixture fleet = FleetFixture.of(camera("a", "video:" + clip + "?realtime=true"))) {
      fleet.awaitDone();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(950));
      CameraHealth health = fleet.health("a");
      long superseded = health.dropped().getOrDefault("superseded", 0L);
      assertThat(fleet.frames("a").size() + superseded).isEqualTo(25);
    }
  }

  @Test
  void latePicturesOfARecordingInRealTimeAreSearchedTooWhereNoneIsToBeDropped() throws Exception {
    Path clip = clip("clip.mp4", 15);
    CameraSpec usual = camera("a", "video:" + clip + "?realtime=true");
    CameraSpec all =
        new CameraSpec(
            "b",
            usual.source(),
            usual.finder(),
            DropPolicy.NONE,
            usual.frozenAfter(),
            usual.enabled());

    // 100 ms a picture, where one comes every 40 ms.
    try (FleetFixture fleet =
        FleetFixture.with(
            (id, settings) -> new Watcher(frame -> LockSupport.parkNanos(100_000_000)),
            usual,
            all)) {
      fleet.awaitDone();

      assertThat(fleet.health("a").dropped()).containsKey("superseded");
      assertThat(fleet.health("b").dropped()).isEmpty();
      assertThat(fleet.health("b").pictures()).isEqualTo(15);
    }
  }

  @Test
  void loopStartsAnewForEver() throws Exception {
    Path clip = clip("clip.mp4", 5);

    try (FleetFixture fleet = FleetFixture.of(camera("a", "video:" + clip + "?loop=true"))) {
      fleet.awaitHealth("a", health -> health.faces() > 50);

      assertThat(fleet.health("a").state()).isEqualTo(CameraState.RUNNING);
      assertThat(fleet.health("a").dropped()).isEmpty();
      fleet.fleet.stop(true);
      fleet.outbox.drain(FleetFixture.PATIENCE);
      List<FaceFrame> frames = fleet.frames("a");
      assertThat(frames).extracting(FaceFrame::getCapturedAt).isSorted().doesNotHaveDuplicates();
      assertThat(frames.size()).isEqualTo((int) fleet.health("a").faces());
      assertThat(fleet.heartbeats("a")).last().matches(CameraHeartbeat::getEnded);
    }
  }

  @Test
  void whatCannotBeReadFailsAloneAndSaysWhy() throws Exception {
    Path good = clip("good.mp4", 5);
    Path cut = folder.resolve("cut.mp4");
    byte[] whole = Files.readAllBytes(clip("whole.mp4", PICTURES));
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2)); // its index is at the end
    Path text = Files.writeString(folder.resolve("text.mp4"), "no video\n".repeat(500));
    Path noise = folder.resolve("noise.mp4");
    byte[] bytes = new byte[50_000];
    new Random(1).nextBytes(bytes);
    Files.write(noise, bytes);
    Path empty = Files.createFile(folder.resolve("empty.mp4"));

    try (FleetFixture fleet =
        FleetFixture.of(
            camera("cut", "video:" + cut),
            camera("text", "video:" + text),
            camera("noise", "video:" + noise),
            camera("empty", "video:" + empty),
            camera("sound", "video:" + sound()),
            camera("missing", "video:" + folder.resolve("missing.mp4")),
            camera("good", "video:" + good))) {
      fleet.awaitDone();

      assertThat(fleet.frames("good").size()).isEqualTo(5);
      assertThat(fleet.fleet.failure()).isEmpty();
      assertThat(fleet.fleet.health())
          .filteredOn(health -> health.state() == CameraState.FAILED)
          .extracting(CameraHealth::id)
          .containsExactly("cut", "text", "noise", "empty", "sound", "missing");
      assertThat(fleet.health("missing").lastError())
          .isEqualTo("cannot be opened: No such file or directory");
      assertThat(fleet.health("sound").lastError()).contains("holds no video").contains("sound");
      assertThat(fleet.health("empty").lastError()).contains("Invalid data");
    }
  }

  @Test
  void damageInTheMiddleIsCountedAndTheRestIsRead() throws Exception {
    Path clip = clip("clip.mp4", PICTURES);
    byte[] bytes = Files.readAllBytes(clip);
    Random random = new Random(1);
    for (int i = bytes.length / 3; i < bytes.length / 2; i += 7) {
      bytes[i] = (byte) random.nextInt();
    }
    Files.write(clip, bytes);

    try (FleetFixture fleet = FleetFixture.of(camera("a", "video:" + clip))) {
      fleet.awaitDone();

      assertThat(fleet.health("a").state()).isEqualTo(CameraState.ENDED);
      assertThat(fleet.health("a").decodeErrors()).isPositive();
      assertThat(fleet.frames("a").size()).isGreaterThan(PICTURES / 2);
    }
  }

  @Test
  void pictureOfEightThousandPixelsIsShrunkAndItsBoxesAreNot() throws Exception {
    Path clip = folder.resolve("8k.mp4");
    SceneWriter.writePlain(clip, 7680, 4320, 1);

    try (FleetFixture fleet = FleetFixture.of(camera("a", "video:" + clip))) {
      fleet.awaitDone();

      assertThat(fleet.frames("a").size()).isEqualTo(1);
      assertThat(fleet.frames("a").get(0).getBoundingBox())
          .isEqualTo(new BoundingBox(952 * 4, 532 * 4, 64, 64));
    }
  }

  @Test
  void finderThatThrowsFailsItsCameraAlone() throws Exception {
    Path clip = clip("clip.mp4", 5);
    FaceFinder broken =
        new Watcher(
            frame -> {
              throw new IllegalStateException("out of order");
            });

    try (FleetFixture fleet =
        FleetFixture.with(
            (id, settings) -> id.equals("bad") ? broken : new RegionFinder(id),
            camera("bad", "video:" + clip),
            camera("good", "video:" + clip))) {
      fleet.awaitDone();

      assertThat(fleet.health("bad").lastError()).contains("out of order");
      assertThat(fleet.frames("good").size()).isEqualTo(5);
    }
  }

  @Test
  void photosAreSearchedOneByOne() throws Exception {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    Scene scene = new Scene(1);
    for (int i = 0; i < 3; i++) {
      BufferedImage image =
          new BufferedImage(Scene.WIDTH, Scene.HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
      image.getRaster().setDataElements(0, 0, Scene.WIDTH, Scene.HEIGHT, scene.draw(i));
      ImageIO.write(image, "png", photos.resolve("photo%0" + i + "d.png").toFile());
    }
    Files.writeString(photos.resolve("readme.txt"), "no photo");

    try (FleetFixture fleet = FleetFixture.of(camera("a", "images:" + photos + "?detect=true"))) {
      fleet.awaitDone();

      assertThat(fleet.frames("a").size()).isEqualTo(3);
      assertThat(fleet.health("a").decodeErrors()).isEqualTo(1);
    }
  }

  private Path clip(String name, int pictures) throws IOException {
    Path file = folder.resolve(name);
    SceneWriter.write(file, new Scene(1), pictures);
    return file;
  }

  private Path sound() throws IOException {
    Path file = folder.resolve("sound.wav");
    byte[] silence = new byte[16_000];
    AudioFormat format = new AudioFormat(8000, 16, 1, true, false);
    AudioInputStream in = new AudioInputStream(new ByteArrayInputStream(silence), format, 8000);
    AudioSystem.write(in, AudioFileFormat.Type.WAVE, file.toFile());
    return file;
  }

  private static double difference(VideoFrame frame, Scene scene) {
    byte[] drawn = scene.draw(frame.number());
    long sum = 0;
    for (int i = 0; i < drawn.length; i++) {
      sum += Math.abs((drawn[i] & 0xFF) - (frame.gray().get(i) & 0xFF));
    }
    return (double) sum / drawn.length;
  }

  /** Finds nothing, but looks. */
  private record Watcher(Consumer<VideoFrame> look) implements FaceFinder {
    @Override
    public List<FoundFace> find(VideoFrame frame) {
      look.accept(frame);
      return List.of();
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
