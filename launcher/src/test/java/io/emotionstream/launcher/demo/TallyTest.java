// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.emotionstream.launcher.demo.Tally.Snapshot;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.testkit.Events;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final Tally tally = new Tally();

  @Test
  void countsByCameraAndClass() {
    see("lobby", Emotion.HAPPY, 0);
    see("lobby", Emotion.HAPPY, 1);
    see("door", Emotion.SAD, 2);

    Snapshot snapshot = tally.snapshot();

    assertThat(snapshot.events()).isEqualTo(3);
    ClassCounts lobby = new ClassCounts();
    lobby.add(Emotion.HAPPY, 2);
    ClassCounts door = new ClassCounts();
    door.add(Emotion.SAD);
    assertThat(snapshot.byCamera()).containsEntry("lobby", lobby).containsEntry("door", door);
  }

  @Test
  void measuresRateBetweenTheFirstAndTheLastClassification() {
    for (int second = 0; second <= 10; second++) {
      see("lobby", Emotion.HAPPY, second);
    }

    assertThat(tally.snapshot().facesPerSecond()).isEqualTo(1.0);
  }

  @Test
  void measuresLatencyFromCaptureToSight() {
    see("lobby", Emotion.HAPPY, 0);

    assertThat(tally.snapshot().p50Millis()).isCloseTo(250, within(1.0));
  }

  @Test
  void countsADeadRecordOnceHoweverOftenItIsFiled() {
    tally.deadLetter(0, 7);
    tally.deadLetter(0, 7);
    tally.deadLetter(1, 7);

    assertThat(tally.snapshot().deadLetters()).isEqualTo(2);
  }

  private void see(String camera, Emotion emotion, int second) {
    Instant at = NOON.plusSeconds(second);
    tally.event(
        Events.event(camera, emotion, at).classifiedAt(at.plusMillis(100)).build(),
        at.plusMillis(250));
  }
}
