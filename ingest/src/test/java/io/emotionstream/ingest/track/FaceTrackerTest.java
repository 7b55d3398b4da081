// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.track;

import static io.emotionstream.ingest.track.ScriptedDetector.face;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.emotionstream.ingest.detect.DetectedFace;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FaceTrackerTest {
  private static final Duration STEP = Duration.ofMillis(200);

  private final AtomicInteger next = new AtomicInteger();
  private final FaceTracker tracker =
      new FaceTracker(ScriptedDetector.SURE, () -> "t" + next.incrementAndGet());
  private Duration now = Duration.ZERO;

  @Test
  void keepsTheIdOfAFaceThatMoves() {
    for (int i = 0; i < 20; i++) {
      see(face(100 + 15 * i, 100));
    }

    assertThat(idsInView()).containsExactly("t1");
    assertThat(tracker.started()).isEqualTo(1);
  }

  @Test
  void predictsWhereAMovingFaceIsBetweenDetections() {
    for (int i = 0; i < 10; i++) {
      see(face(100 + 20 * i, 100));
    }

    double x = tracker.inView().get(0).at(now.minus(STEP.dividedBy(2))).centerX();

    assertThat(x).isCloseTo(100 + 20 * 9 + 10, within(3.0));
  }

  @Test
  void tellsCrossingFacesApart() {
    for (int i = 0; i <= 20; i++) {
      double x = 100 + 20 * i;
      // One passes behind the other: while they are near, only the nearer is seen.
      boolean apart = Math.abs(x - (500 - 20 * i)) > 50;
      if (apart) {
        see(face(x, 100), face(500 - 20 * i, 112));
      } else {
        see(face(x, 100));
      }
    }

    List<FaceTrack> byPlace =
        tracker.inView().stream()
            .sorted(Comparator.comparingDouble(track -> track.at(now).centerX()))
            .toList();
    assertThat(byPlace).extracting(FaceTrack::id).containsExactly("t2", "t1");
    assertThat(tracker.started()).isEqualTo(2);
  }

  @Test
  void keepsTheIdOverASecondBehindHands() {
    see(face(100, 100), face(300, 100));
    see(face(100, 100), face(300, 100));
    for (int i = 0; i < 5; i++) {
      see(face(300, 100));
      assertThat(idsInView()).containsExactly("t2");
    }

    see(face(110, 105), face(300, 100));

    assertThat(idsInView()).containsExactly("t1", "t2");
  }

  @Test
  void givesANewIdToAFaceThatComesAfterTheOldOneLeft() {
    see(face(100, 100));
    see(face(100, 100));
    for (int i = 0; i < 12; i++) {
      see();
    }

    see(face(100, 100));
    see(face(100, 100));

    assertThat(idsInView()).containsExactly("t2");
    assertThat(tracker.started()).isEqualTo(2);
  }

  @Test
  void believesAFaceOnlyWhenItWasSeenAgain() {
    assertThat(see(face(100, 100))).isEqualTo(1);
    assertThat(tracker.inView()).isEmpty();

    assertThat(see(face(100, 100))).isZero();
    assertThat(tracker.inView()).hasSize(1);
  }

  @Test
  void neverBelievesAPatternThatLooksLikeAFaceNowAndThen() {
    for (int i = 0; i < 50; i++) {
      see(face(100, 100, 60, i % 5 == 0 ? 0.7 : 0.45));
    }
    for (int i = 0; i < 50; i++) {
      if (i % 4 == 0) {
        see(face(300, 100, 60, 0.9));
      } else {
        see();
      }
    }

    assertThat(tracker.started()).isZero();
  }

  @Test
  void followsAFaceThroughWeakDetections() {
    see(face(100, 100));
    see(face(100, 100));
    for (int i = 0; i < 10; i++) {
      see(face(100, 100, 60, 0.4));
    }

    assertThat(idsInView()).containsExactly("t1");
    assertThat(see(face(500, 100, 60, 0.4))).isEqualTo(1);
    assertThat(tracker.started()).isEqualTo(1);
  }

  @Test
  void takesNoFaceOfAnotherSizeForTheSame() {
    see(face(100, 100, 200, 0.9));
    see(face(100, 100, 200, 0.9));

    see(face(100, 100, 40, 0.9));
    see(face(100, 100, 40, 0.9));

    assertThat(idsInView()).containsExactly("t2");
  }

  private int see(DetectedFace... faces) {
    int unbelieved = tracker.detected(List.of(faces), now);
    now = now.plus(STEP);
    return unbelieved;
  }

  private List<String> idsInView() {
    return tracker.inView().stream().map(FaceTrack::id).toList();
  }
}
