// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventsTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  @Test
  void anEventSaysWhatTheFixedClassifierWouldSay() {
    EmotionEvent event = Events.event("lobby", Emotion.HAPPY, NOON).labelled(Emotion.SAD).build();

    assertThat(event.getEmotion()).isEqualTo(Emotion.HAPPY);
    assertThat(event.getConfidence()).isEqualTo(0.7f);
    assertThat(event.getProbabilities()).hasSize(7).contains(0.7f);
    assertThat(event.getClassifiedAt()).isAfter(event.getCapturedAt());
    assertThat(event.getLabel()).isEqualTo(Emotion.SAD);
    AvroSerde<EmotionEvent> serde = AvroSerde.of(EmotionEvent.class);
    assertThat(serde.decode(serde.encode(event))).isEqualTo(event);
  }

  @Test
  void emotionAndConfidenceFollowTheProbabilities() {
    EmotionEvent event =
        Events.event("lobby", Emotion.HAPPY, NOON)
            .withProbabilities(0, 0, 0, 0.25f, 0, 0.75f, 0)
            .build();

    assertThat(event.getEmotion()).isEqualTo(Emotion.SURPRISE);
    assertThat(event.getConfidence()).isEqualTo(0.75f);
  }

  @Test
  void aDistributionIsConsistentInItself() {
    EmotionDistribution window =
        Distributions.window("lobby", NOON, TEN_SECONDS)
            .counting(Emotion.HAPPY, 3)
            .counting(Emotion.SAD, 1)
            .classifiedBy("b", "a")
            .build();

    assertThat(window.getTotal()).isEqualTo(4);
    assertThat(window.getCounts()).hasSize(7).containsEntry("HAPPY", 3L).containsEntry("FEAR", 0L);
    assertThat(window.getMeanProbabilities().get("HAPPY"))
        .isCloseTo((3 * 0.7 + 0.05) / 4, within(1e-6));
    assertThat(window.getMeanProbabilities().values().stream().mapToDouble(p -> p).sum())
        .isCloseTo(1, within(1e-6));
    assertThat(window.getWindowEnd()).isEqualTo(NOON.plus(TEN_SECONDS));
    assertThat(window.getLastFaceAt()).isBefore(window.getWindowEnd());
    assertThat(window.getModelIds()).containsExactly("a", "b");
  }

  @Test
  void aDistributionWithoutFacesIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Distributions.window("lobby", NOON, TEN_SECONDS).build());
  }
}
