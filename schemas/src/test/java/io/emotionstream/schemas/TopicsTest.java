// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TopicsTest {

  @Test
  void namesTheTopicsInTheOrderOfTheFlow() {
    assertThat(Topics.defaults().all())
        .extracting(Topic::name)
        .containsExactly(
            "face-frames",
            "emotion-events",
            "emotion-late-events",
            "emotion-distributions",
            "emotion-dead-letters",
            "emotion-models");
  }

  @Test
  void keepsTheChosenModelForEverInOnePartition() {
    Topic models = new Topics("shop-7.", 8, (short) 3).models();

    assertThat(models.partitions()).isEqualTo(1);
    assertThat(models.replicationFactor()).isEqualTo((short) 3);
    assertThat(models.requiredSettings()).containsEntry("cleanup.policy", "compact");
    assertThat(Topics.defaults().distributions().requiredSettings())
        .containsEntry("cleanup.policy", "delete");
  }

  @Test
  void putsThePrefixBeforeEveryName() {
    Topics topics = new Topics("shop-7.", 2, (short) 1);

    assertThat(topics.all()).allMatch(topic -> topic.name().startsWith("shop-7."));
  }

  @Test
  void keepsFacesForMinutesAndItsSegmentsShorterStill() {
    Topic faces = Topics.defaults().faceFrames();

    assertThat(faces.retention()).isLessThanOrEqualTo(Duration.ofMinutes(30));
    assertThat(Long.parseLong(faces.requiredSettings().get("segment.ms")))
        .isLessThan(faces.retention().toMillis());
  }

  @Test
  void namesTheSettingThatIsWrong() {
    assertThatThrownBy(() -> new Topics("a b", 1, (short) 1))
        .hasMessage("topic prefix must be letters, digits, '.', '_' or '-', was 'a b'");
    assertThatThrownBy(() -> new Topics("", 0, (short) 1))
        .hasMessage("topic partitions must be at least 1, was 0");
    assertThatThrownBy(() -> new Topics("", 1, (short) 0))
        .hasMessage("replication factor must be at least 1, or -1 for the broker's default, was 0");
  }
}
