// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.ingest.detect.DetectorKind;
import io.emotionstream.ingest.measure.Media;
import io.emotionstream.ingest.measure.MediaFile;
import io.emotionstream.ingest.video.FaceFinder;
import io.emotionstream.ingest.video.FinderCounts;
import io.emotionstream.ingest.video.FinderSettings;
import io.emotionstream.ingest.video.FoundFace;
import io.emotionstream.ingest.video.PictureArea;
import io.emotionstream.ingest.video.VideoFrame;
import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.model.Emotions;
import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.model.GrayImage;
import io.emotionstream.model.ModelBundle;
import io.emotionstream.schemas.BoundingBox;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.FaceImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Finds and follows faces in real videos; each test skips, and says so, without them. */
class RealFacesTest {
  @AutoClose private final FaceFinders finders = FaceFinders.open(DetectorKind.BLAZEFACE);

  @Test
  void followsFourFacesThroughNearlyTheWholeClip() throws Exception {
    Watched watched = watch("mosaic_4faces.mp4");

    assertThat(watched.counts.tracksStarted()).isEqualTo(4);
    assertThat(watched.spans()).hasSize(4).allMatch(span -> span > 0.9 * watched.length());
  }

  @Test
  void placesToHideHoldAllFacesOfEveryPicture() throws Exception {
    List<Integer> places = new ArrayList<>();
    try (FaceFinder finder = finders.open("test", FinderSettings.defaults())) {
      new MediaFile(Media.require("mosaic_4faces.mp4"))
          .read(
              frame -> {
                finder.find(frame);
                places.add(quarters(finder.places(), frame));
              });
    }

    assertThat(places).hasSizeGreaterThan(200).allMatch(quarters -> quarters == 4);
  }

  /** Returns in how many quarters of the picture there is a place; the clip has a face in each. */
  private static int quarters(List<BoundingBox> places, VideoFrame frame) {
    return (int)
        places.stream()
            .map(
                box ->
                    (2 * box.getX() + box.getWidth() > frame.width() ? 1 : 0)
                        + (2 * box.getY() + box.getHeight() > frame.height() ? 2 : 0))
            .distinct()
            .count();
  }

  @Test
  void keepsOneTrackWhileHandsPassOverTheFace() throws Exception {
    Watched watched = watch("cam_signer_b.mp4");

    assertThat(watched.counts.tracksStarted()).isEqualTo(1);
    assertThat(watched.spans()).hasSize(1).allMatch(span -> span > 0.9 * watched.length());
  }

  @Test
  void takesNoSkullOnASweaterForAFace() throws Exception {
    Watched watched = watch("cam_signer_a.mp4");

    assertThat(watched.counts.tracksStarted()).isEqualTo(1);
    assertThat(watched.faces).allMatch(face -> face.box().getY() < 150); // the skull is below
  }

  @Test
  void followsThreePeopleWhoWalkUp() throws Exception {
    Watched watched = watch("face-demographics-walking-and-pause.mp4");

    assertThat(watched.counts.tracksStarted()).isEqualTo(3);
    assertThat(watched.counts.tracksInView()).isEqualTo(3);
  }

  @Test
  void cutsCropsThatTheShippedNetworkReads() throws Exception {
    Watched watched = watch("head-pose-face-detection-male.mp4");

    List<Emotion> emotions = classify(watched.faces);
    long happy = emotions.stream().filter(emotion -> emotion == Emotion.HAPPY).count();

    assertThat(watched.counts.tracksStarted()).isEqualTo(1);
    assertThat(emotions).hasSizeGreaterThan(15);
    assertThat(happy).as("of %s", emotions).isGreaterThan(emotions.size() / 2);
  }

  @Test
  void findsEachSmilingFaceOfThePhotos() throws Exception {
    FinderSettings still = new FinderSettings(1, 96, 1, PictureArea.ALL, List.of(), true);
    Map<String, Integer> faces = Map.of("obama.jpg", 1, "biden.jpg", 1, "obama_and_biden.jpg", 2);

    for (Map.Entry<String, Integer> photo : faces.entrySet()) {
      Watched watched = watch(Media.require("photos/" + photo.getKey()), still);

      assertThat(watched.large(150)).as(photo.getKey()).isEqualTo((long) photo.getValue());
    }
  }

  private Watched watch(String video) throws Exception {
    return watch(Media.require(video), FinderSettings.defaults());
  }

  private Watched watch(Path file, FinderSettings settings) throws Exception {
    try (FaceFinder finder = finders.open("test", settings)) {
      Watched watched = new Watched();
      new MediaFile(file).read(frame -> watched.see(frame, finder.find(frame)));
      watched.counts = finder.counts();
      return watched;
    }
  }

  private static List<Emotion> classify(List<FoundFace> faces) throws Exception {
    try (EmotionClassifier classifier = ModelBundle.shipped().newClassifier()) {
      float[][] input =
          faces.stream()
              .map(face -> FaceNormalizer.normalize(gray(face.crop())))
              .toArray(float[][]::new);
      return Arrays.stream(classifier.classify(input)).map(Emotions::top1).toList();
    }
  }

  private static GrayImage gray(FaceImage image) {
    byte[] pixels = new byte[image.getData().remaining()];
    image.getData().duplicate().get(pixels);
    return new GrayImage(image.getWidth(), image.getHeight(), pixels);
  }

  /** What was found in one file. */
  private static final class Watched {
    private final List<FoundFace> faces = new ArrayList<>();
    private final Map<String, List<Long>> times = new HashMap<>();
    private Duration end = Duration.ZERO;
    private FinderCounts counts = FinderCounts.none();

    void see(VideoFrame frame, List<FoundFace> found) {
      end = frame.elapsed();
      faces.addAll(found);
      for (FoundFace face : found) {
        String track = face.trackId().orElse("still");
        times.computeIfAbsent(track, id -> new ArrayList<>()).add(end.toMillis());
      }
    }

    long length() {
      return end.toMillis();
    }

    /** Returns milliseconds from the first to the last crop of each track. */
    List<Long> spans() {
      return times.values().stream().map(seen -> seen.get(seen.size() - 1) - seen.get(0)).toList();
    }

    long large(int width) {
      return faces.stream().filter(face -> face.box().getWidth() > width).count();
    }
  }
}
