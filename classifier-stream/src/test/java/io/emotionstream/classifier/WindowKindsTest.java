// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static io.emotionstream.classifier.StreamDriver.NOON;
import static io.emotionstream.schemas.Emotion.ANGRY;
import static io.emotionstream.schemas.Emotion.HAPPY;
import static io.emotionstream.schemas.Emotion.SAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.emotionstream.schemas.CameraHeartbeat;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.MissedWindows;
import io.emotionstream.schemas.WindowClosing;
import io.emotionstream.testkit.Faces;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Windows of several sizes, tumbling and hopping, from one pass. */
class WindowKindsTest {
  private static final DistributionWindow TEN_SECONDS = window(10, 10, 2);
  private static final DistributionWindow MINUTE = window(60, 60, 2);
  private static final DistributionWindow HOPPING = window(60, 20, 5);

  @AutoClose
  private final StreamDriver stream = StreamDriver.withWindows(TEN_SECONDS, MINUTE, HOPPING);

  @Test
  void countsAFaceInEachWindowOfEachSizeThatHoldsIt() {
    stream.see("lobby", HAPPY, NOON.plusSeconds(45));
    stream.send(Faces.end("lobby", NOON.plusSeconds(45)));

    assertThat(stream.distributions.readValuesToList())
        .allMatch(window -> window.getTotal() == 1)
        .allMatch(window -> window.getClosedBy() == WindowClosing.CAMERA_ENDED)
        .extracting(
            window -> Duration.between(NOON, window.getWindowStart()).toSeconds(),
            EmotionDistribution::getWindowSizeMillis,
            EmotionDistribution::getWindowAdvanceMillis,
            window -> Duration.between(NOON, window.getWindowEnd()).toSeconds())
        .containsExactly(
            tuple(40L, 10_000L, 10_000L, 50L),
            tuple(0L, 60_000L, 60_000L, 60L),
            tuple(0L, 60_000L, 20_000L, 60L),
            tuple(20L, 60_000L, 20_000L, 80L),
            tuple(40L, 60_000L, 20_000L, 100L));
  }

  @Test
  void closesEachSizeByItsOwnGraceAsTheClockGoesOn() {
    stream.see("lobby", HAPPY, NOON.plusSeconds(5));
    assertThat(closedAt(22)).containsExactly(tuple(0L, 10_000L, 10_000L, 1L)); // of 10 s

    assertThat(closedAt(24)).isEmpty();
    assertThat(closedAt(25)) // the hopping windows before noon reach 5 s into it
        .containsExactly(tuple(-40L, 60_000L, 20_000L, 1L));
    assertThat(closedAt(45)).extracting(row -> row.toList().get(0)).contains(-20L, 20L);
  }

  @Test
  void tellsOfALateFaceForWhichWindowsItWasTooLateAndCountsItInTheOthers() {
    stream.see("lobby", HAPPY, NOON.plusSeconds(30));
    stream.see("lobby", SAD, NOON.plusSeconds(5)); // [0, 10) and hopping [-40, 20) are final
    stream.send(Faces.end("lobby", NOON.plusSeconds(30)));

    List<EmotionEvent> late = stream.lateEvents.readValuesToList();
    assertThat(late).hasSize(1);
    assertThat(late.get(0).getEmotion()).isEqualTo(SAD);
    assertThat(late.get(0).getMissedWindows())
        .containsExactly(
            new MissedWindows(10_000L, 10_000L, 1), new MissedWindows(60_000L, 20_000L, 1));
    List<EmotionDistribution> windows = stream.distributions.readValuesToList();
    assertThat(windows)
        .filteredOn(window -> Long.valueOf(1).equals(window.getCounts().get("SAD")))
        .extracting(
            window -> Duration.between(NOON, window.getWindowStart()).toSeconds(),
            EmotionDistribution::getWindowAdvanceMillis)
        .containsExactly(tuple(0L, 60_000L), tuple(-20L, 20_000L), tuple(0L, 20_000L));
    assertThat(missed(windows, TEN_SECONDS)).isEqualTo(1);
    assertThat(missed(windows, MINUTE)).isZero();
    assertThat(missed(windows, HOPPING)).isEqualTo(1);
    assertThat(stream.total(ClassifierMetrics.LATE)).isEqualTo(2);
    assertThat(stream.total(ClassifierMetrics.WINDOWED)).isEqualTo(2 * 5 - 2);
  }

  /** Two cameras an hour apart, out of order, heartbeats, ends: against a model that is a map. */
  @Test
  void agreesWithCountingByHandWhateverComes() {
    SplittableRandom random = new SplittableRandom(7);
    List<DistributionWindow> kinds = List.of(TEN_SECONDS, MINUTE, HOPPING);
    Map<String, CountedByHand> byHand = new HashMap<>();
    for (int i = 0; i < 3000; i++) {
      boolean hall = random.nextInt(3) == 0;
      String camera = hall ? "hall" : "lobby";
      Instant base = hall ? NOON.plus(Duration.ofHours(1)) : NOON;
      Instant time =
          base.plusMillis(i * 100L).minusMillis((long) Math.pow(random.nextDouble() * 5, 6.5));
      CountedByHand hand = byHand.computeIfAbsent(camera, any -> new CountedByHand(kinds));
      if (random.nextInt(10) == 0) {
        stream.send(Faces.heartbeat(camera, time));
        hand.observe(time);
      } else {
        Emotion emotion = Emotion.values()[random.nextInt(7)];
        stream.see(camera, emotion, time);
        hand.see(emotion, time);
      }
    }
    for (String camera : byHand.keySet()) {
      stream.send(Faces.end(camera, NOON));
    }

    List<EmotionDistribution> windows = stream.distributions.readValuesToList();
    assertThat(windows)
        .extracting(
            EmotionDistribution::getCameraId,
            EmotionDistribution::getWindowStart,
            EmotionDistribution::getWindowSizeMillis,
            EmotionDistribution::getWindowAdvanceMillis)
        .doesNotHaveDuplicates();
    List<EmotionEvent> late = stream.lateEvents.readValuesToList();
    byHand.forEach(
        (camera, hand) -> {
          Map<String, Map<String, Long>> counted = new HashMap<>();
          windows.stream()
              .filter(window -> window.getCameraId().equals(camera) && window.getTotal() > 0)
              .forEach(
                  window ->
                      counted.put(
                          CountedByHand.key(
                              window.getWindowSizeMillis(),
                              window.getWindowAdvanceMillis(),
                              window.getWindowStart().toEpochMilli()),
                          window.getCounts()));
          assertThat(counted).isEqualTo(hand.counts);
          assertThat(
                  late.stream()
                      .filter(event -> event.getCameraId().equals(camera))
                      .flatMap(event -> event.getMissedWindows().stream())
                      .mapToLong(MissedWindows::getWindows)
                      .sum())
              .isEqualTo(hand.missed)
              .isPositive();
        });
    long seen = stream.total(ClassifierMetrics.CLASSIFIED);
    assertThat(stream.total(ClassifierMetrics.WINDOWED) + stream.total(ClassifierMetrics.LATE))
        .isEqualTo(5 * seen);
    assertThat(windows.stream().mapToLong(EmotionDistribution::getTotal).sum())
        .isEqualTo(stream.total(ClassifierMetrics.WINDOWED));
    assertThat(stream.panes().all().hasNext()).isFalse();
  }

  @Test
  void keepsNothingOfAWindowThatIsFinal() {
    for (int second = 0; second < 600; second++) {
      stream.send(Faces.frame("lobby", NOON.plusSeconds(second)).tracked("t" + second).build());
    }

    // At most 1 + 1 panes of 10 s, 1 + 1 of a minute, 4 of 20 s, and their tracks.
    assertThat(entries()).isLessThan(10 + 2 * 10 + 2 * 60 + 4 * 20);
    stream.send(Faces.end("lobby", NOON.plusSeconds(600)));
    assertThat(entries()).isZero();
  }

  @Test
  void writesLittleForAFaceHoweverManyPeopleAreInALongWindow() {
    try (StreamDriver crowd = StreamDriver.withWindows(window(900, 900, 2))) {
      for (int track = 0; track < 999; track++) {
        crowd.send(Faces.frame("lobby", NOON.plusSeconds(1)).tracked("t" + track).build());
      }
      crowd.changelogSizes(ClassifierTopology.WINDOW_PANES);
      crowd.changelogSizes(ClassifierTopology.CAMERA_WINDOWS);

      crowd.send(Faces.frame("lobby", NOON.plusSeconds(2)).tracked("another").build());

      assertThat(crowd.changelogSizes(ClassifierTopology.WINDOW_PANES))
          .hasSize(2)
          .allMatch(bytes -> bytes < 300);
      assertThat(crowd.changelogSizes(ClassifierTopology.CAMERA_WINDOWS))
          .hasSize(1)
          .allMatch(bytes -> bytes < 100);
    }
  }

  @Test
  void boundsACamerasStateWhateverTimesItShows() {
    try (StreamDriver wild = StreamDriver.withWindows(window(10, 10, 20))) {
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; i < 500; i++) {
        wild.see("lobby", ANGRY, NOON.plusSeconds(random.nextInt(-1_000_000, 5_000)));

        assertThat(wild.panes().approximateNumEntries()).isLessThanOrEqualTo(4);
      }
    }
  }

  @Test
  void neitherCountsNorFollowsAFrameFromTheFuture() {
    stream.see("lobby", HAPPY, NOON);
    stream.see("lobby", HAPPY, NOON.plus(Duration.ofMinutes(91)));
    stream.see("lobby", SAD, NOON.plusSeconds(1));
    stream.send(Faces.end("lobby", NOON.plusSeconds(2)));

    assertThat(stream.deadLetters.readValuesToList()).hasSize(1);
    assertThat(stream.lateEvents.isEmpty()).isTrue();
    assertThat(stream.distributions.readValue().getTotal()).isEqualTo(2);
  }

  @Test
  void finishesWindowsThatAreConfiguredNoMoreAndStartsNewOnesAtTheClock() {
    CameraWindows camera = new CameraWindows();
    camera.observe(Micros.of(NOON.plusSeconds(65)));
    camera.configure(List.of(TEN_SECONDS));
    camera.kinds().get(0).fill(Micros.of(NOON.plusSeconds(60)));

    camera.configure(List.of(MINUTE));

    assertThat(camera.kinds())
        .extracting(kind -> kind.size)
        .containsExactly(60_000_000L, 10_000_000L);
    assertThat(camera.configured(List.of(MINUTE))).hasSize(1);
    assertThat(camera.kinds().get(0).finalWindowsOf(Micros.of(NOON.plusSeconds(59)))).isEqualTo(1);
    assertThat(camera.kinds().get(0).finalWindowsOf(Micros.of(NOON.plusSeconds(60)))).isZero();
    camera.kinds().get(1).startWith(WindowProgress.NO_PANE);
    camera.configure(List.of(MINUTE));
    assertThat(camera.kinds()).hasSize(1);
  }

  private static DistributionWindow window(long size, long advance, long grace) {
    return new DistributionWindow(
        Duration.ofSeconds(size), Duration.ofSeconds(advance), Duration.ofSeconds(grace));
  }

  private List<org.assertj.core.groups.Tuple> closedAt(long second) {
    CameraHeartbeat sign = Faces.heartbeat("lobby", NOON.plusSeconds(second));
    stream.send("lobby", StreamDriver.encoded(sign), NOON, new RecordHeaders());
    return stream.distributions.readValuesToList().stream()
        .map(
            window ->
                tuple(
                    Duration.between(NOON, window.getWindowStart()).toSeconds(),
                    window.getWindowSizeMillis(),
                    window.getWindowAdvanceMillis(),
                    window.getTotal()))
        .toList();
  }

  private long entries() {
    return stream.panes().approximateNumEntries();
  }

  private static long missed(List<EmotionDistribution> windows, DistributionWindow kind) {
    return windows.stream()
        .filter(window -> window.getWindowSizeMillis() == kind.size().toMillis())
        .filter(window -> window.getWindowAdvanceMillis() == kind.advance().toMillis())
        .mapToLong(EmotionDistribution::getMissedFaces)
        .sum();
  }

  /** One camera's windows, counted face by face and window by window. */
  private static final class CountedByHand {
    final Map<String, Map<String, Long>> counts = new HashMap<>();
    long missed;
    private final List<DistributionWindow> kinds;
    private long clock = Long.MIN_VALUE;

    CountedByHand(List<DistributionWindow> kinds) {
      this.kinds = new ArrayList<>(kinds);
    }

    static String key(long size, long advance, long start) {
      return size + "/" + advance + "@" + start;
    }

    void see(Emotion emotion, Instant time) {
      long at = time.toEpochMilli();
      for (DistributionWindow kind : kinds) {
        long size = kind.size().toMillis();
        long advance = kind.advance().toMillis();
        for (long start = at - Math.floorMod(at, advance); start > at - size; start -= advance) {
          if (start + size + kind.grace().toMillis() <= clock) {
            missed++;
          } else {
            counts
                .computeIfAbsent(key(size, advance, start), any -> none())
                .merge(emotion.name(), 1L, Long::sum);
          }
        }
      }
      observe(time);
    }

    void observe(Instant time) {
      clock = Math.max(clock, time.toEpochMilli());
    }

    private static Map<String, Long> none() {
      Map<String, Long> none = new HashMap<>();
      for (Emotion emotion : Emotion.values()) {
        none.put(emotion.name(), 0L);
      }
      return none;
    }
  }
}
