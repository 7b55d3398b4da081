// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.track;

import static io.emotionstream.ingest.track.ScriptedDetector.face;
import static io.emotionstream.ingest.track.ScriptedDetector.turned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.emotionstream.ingest.video.FaceFinder;
import io.emotionstream.ingest.video.FaceRejection;
import io.emotionstream.ingest.video.FinderCounts;
import io.emotionstream.ingest.video.FinderSettings;
import io.emotionstream.ingest.video.FoundFace;
import io.emotionstream.ingest.video.PictureArea;
import io.emotionstream.ingest.video.VideoFrame;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrackingFinderTest {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;
  private static final Duration FRAME = Duration.ofMillis(40);
  private static final double NO_LIMIT = Double.POSITIVE_INFINITY;

  private final ScriptedDetector detector = new ScriptedDetector();
  private final FaceFinders finders = new FaceFinders(detector, new Random(42));
  private long number;

  @Test
  void detectsInEveryNthPictureAndSendsInBetween() {
    for (int i = 0; i < 4; i++) {
      detector.then(face(100, 100));
    }
    FaceFinder finder = finders.open("door", settings(5, NO_LIMIT));

    List<FoundFace> found = show(finder, 20);

    assertThat(detector.asked()).isEqualTo(4);
    assertThat(found).hasSize(15); // believed at the second detection
    assertThat(found).extracting(FoundFace::trackId).containsOnly(found.get(0).trackId());
    assertThat(finder.counts()).isEqualTo(counts(4, 15, 1, 1, FaceRejection.UNSURE, 1));
  }

  @Test
  void sendsAFaceAsOftenAsItsRateSays() {
    for (int i = 0; i < 100; i++) {
      detector.then(face(100, 100), face(400, 100));
    }
    FaceFinder finder = finders.open("door", settings(1, 5));

    List<FoundFace> found = show(finder, 100); // 4 s

    long pictures = 99; // all but the first
    assertThat(found).hasSize(2 * 20);
    assertThat(finder.counts().rejected())
        .containsEntry(FaceRejection.OVER_RATE, 2 * pictures - found.size());
  }

  @Test
  void cutsNothingOutOfExcludedZones() {
    PictureArea right = new PictureArea(0.5, 0, 0.5, 1);
    for (int i = 0; i < 10; i++) {
      detector.then(face(100, 100), face(600, 100));
    }
    FaceFinder finder =
        finders.open(
            "door", new FinderSettings(1, 48, NO_LIMIT, PictureArea.ALL, List.of(right), false));

    List<FoundFace> found = show(finder, 10);

    assertThat(found).hasSize(9).allMatch(face -> face.box().getX() < 320);
    assertThat(finder.counts().rejected()).containsEntry(FaceRejection.EXCLUDED_ZONE, 9L);
  }

  @Test
  void countsWhyAFaceIsNotSent() {
    PictureArea upper = new PictureArea(0, 0, 1, 0.75);
    FinderSettings settings = new FinderSettings(1, 48, NO_LIMIT, upper, List.of(), true);
    detector.then(
        face(100, 400), // outside of the region
        face(100, 100, 40, 0.9), // too small
        face(5, 100), // half of it is outside of the picture
        turned(300, 100, 1.1),
        face(300, 200, 60, 0.5), // unsure
        turned(500, 100, 0.4));

    FaceFinder finder = finders.open("photos", settings);
    List<FoundFace> found = finder.find(frame(noise(WIDTH, HEIGHT), WIDTH, HEIGHT));

    assertThat(found).hasSize(1);
    assertThat(found.get(0).trackId()).isEmpty();
    assertThat(finder.counts().rejected())
        .containsOnly(
            entry(FaceRejection.OUTSIDE_REGION, 1L),
            entry(FaceRejection.TOO_SMALL, 1L),
            entry(FaceRejection.CUT_OFF, 1L),
            entry(FaceRejection.PROFILE, 1L),
            entry(FaceRejection.UNSURE, 1L));
  }

  @Test
  void tellsAllPlacesWhereAFaceMayBeForThemToBeHidden() {
    PictureArea right = new PictureArea(0.5, 0, 0.5, 1);
    detector.then(face(100, 100), face(600, 100), face(300, 300, 60, 0.4));
    detector.then(face(100, 100), face(600, 100));
    detector.then(face(100, 100)); // the other turns away for a moment
    FaceFinder finder =
        finders.open("door", new FinderSettings(1, 48, 1, PictureArea.ALL, List.of(right), false));

    show(finder, 1); // nothing is believed yet
    assertThat(centers(finder)).containsOnly(100, 600, 300);
    show(finder, 1); // one is sent, one in a zone
    assertThat(centers(finder)).containsOnly(100, 600);
    List<FoundFace> found = show(finder, 1); // over its rate, and not seen
    assertThat(found).isEmpty();
    assertThat(centers(finder)).containsOnly(100, 600);
    finder.close();
    assertThat(finder.places()).isEmpty();
  }

  private static List<Integer> centers(FaceFinder finder) {
    return finder.places().stream().map(box -> box.getX() + box.getWidth() / 2).toList();
  }

  @Test
  void doesNotSendWhatIsTooBlurredToRead() {
    byte[] ramp = new byte[WIDTH * HEIGHT];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = (byte) (i % WIDTH / 3);
    }
    detector.then(face(300, 200));
    FinderSettings settings = new FinderSettings(1, 48, NO_LIMIT, PictureArea.ALL, List.of(), true);

    FaceFinder finder = finders.open("photos", settings);

    assertThat(finder.find(frame(ramp, WIDTH, HEIGHT))).isEmpty();
    assertThat(finder.counts().rejected()).containsOnly(entry(FaceRejection.BLURRED, 1L));
  }

  @Test
  void startsAnewWhereThePictureChangesItsSize() {
    for (int i = 0; i < 4; i++) {
      detector.then(face(100, 100));
    }
    FaceFinder finder = finders.open("door", settings(1, NO_LIMIT));

    Optional<String> before = show(finder, 2).get(0).trackId();
    finder.find(frame(noise(320, 240), 320, 240));
    List<FoundFace> after = finder.find(frame(noise(320, 240), 320, 240));

    assertThat(after).hasSize(1);
    assertThat(after.get(0).trackId()).isPresent().isNotEqualTo(before);
  }

  @Test
  void drawsTrackIdsThatTellNothing() {
    for (int i = 0; i < 4; i++) {
      detector.then(face(100, 100));
    }

    String first = id(show(finders.open("door", settings(1, NO_LIMIT)), 2));
    String second = id(show(finders.open("door", settings(1, NO_LIMIT)), 2));

    assertThat(first).matches("[0-9a-z]{10}-1").doesNotContain("door").isNotEqualTo(second);
  }

  private static String id(List<FoundFace> faces) {
    return faces.get(0).trackId().orElseThrow();
  }

  private static FinderSettings settings(int interval, double rate) {
    return new FinderSettings(interval, 48, rate, PictureArea.ALL, List.of(), false);
  }

  private static FinderCounts counts(
      long detections, long faces, long started, int inView, FaceRejection reason, long count) {
    return new FinderCounts(detections, faces, started, inView, Map.of(reason, count));
  }

  private List<FoundFace> show(FaceFinder finder, int pictures) {
    List<FoundFace> found = new ArrayList<>();
    for (int i = 0; i < pictures; i++) {
      found.addAll(finder.find(frame(noise(WIDTH, HEIGHT), WIDTH, HEIGHT)));
    }
    return found;
  }

  private VideoFrame frame(byte[] pixels, int width, int height) {
    ByteBuffer gray = ByteBuffer.allocateDirect(pixels.length).put(pixels).flip();
    Duration elapsed = FRAME.multipliedBy(number);
    return new VideoFrame(number++, Instant.EPOCH.plus(elapsed), elapsed, width, height, gray);
  }

  private static byte[] noise(int width, int height) {
    byte[] pixels = new byte[width * height];
    new Random(1).nextBytes(pixels);
    return pixels;
  }
}
